package io.github.ecsmaven.sandbox.ecr;

import io.github.ecsmaven.sandbox.wire.AwsError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ECR's refusals with ECR's texts, as clients have reported them; a new one each time. */
final class Refusal {
    private final Owners owners;

    Refusal(Owners owners) {
        this.owners = owners;
    }

    private String account(String repository) {
        return owners.of(repository).account();
    }

    AwsError repositoryNotFound(String name) {
        return error(
                "RepositoryNotFoundException",
                "The repository with name '" + Owners.plain(name) + "' does not exist in the registry with id '"
                        + account(name) + "'");
    }

    AwsError repositoryExists(String name) {
        return error(
                "RepositoryAlreadyExistsException",
                "The repository with name '" + Owners.plain(name) + "' already exists in the registry with id '"
                        + account(name) + "'");
    }

    AwsError repositoryNotEmpty(String name) {
        return error(
                "RepositoryNotEmptyException",
                "The repository with name '" + Owners.plain(name) + "' in registry with id '" + account(name)
                        + "' cannot be deleted because it still contains images");
    }

    AwsError imageNotFound(String repository, @Nullable String digest, @Nullable String tag) {
        return error(
                "ImageNotFoundException",
                "The image with imageId {imageDigest:'" + digest + "', imageTag:'" + tag
                        + "'} does not exist within the repository with name '" + Owners.plain(repository)
                        + "' in the registry with id '" + account(repository) + "'");
    }

    AwsError imageExists(String repository, String digest, @Nullable String tag) {
        return error(
                "ImageAlreadyExistsException",
                "Image with digest '" + digest + "' and tag '" + tag + "' already exists in the repository with name '"
                        + Owners.plain(repository) + "' in registry with id '" + account(repository) + "'");
    }

    AwsError tagExists(String repository, String tag) {
        return error(
                "ImageTagAlreadyExistsException",
                "The image tag '" + tag + "' already exists in the '" + Owners.plain(repository)
                        + "' repository and cannot be overwritten because the tag is immutable.");
    }

    AwsError digestDiffers(String repository, String digest) {
        return error(
                "ImageDigestDoesNotMatchException",
                "The image with digest '" + digest + "' in repository '" + Owners.plain(repository)
                        + "' and registry ID '" + account(repository)
                        + "' does not match the image digest that Amazon ECR has calculated.");
    }

    AwsError layersNotFound(String repository, List<String> digests) {
        return error(
                "LayersNotFoundException",
                "Layers with digests '" + digests + "' required for pushing image into repository with name '"
                        + Owners.plain(repository) + "' in the registry with id '" + account(repository)
                        + "' do not exist");
    }

    AwsError childrenNotFound(String repository, List<String> digests) {
        return error(
                "ReferencedImagesNotFoundException",
                "Images with digests " + digests + " required for pushing image into repository ["
                        + Owners.plain(repository) + "] do not exist");
    }

    AwsError lifecyclePolicyNotFound(String repository) {
        return error(
                "LifecyclePolicyNotFoundException",
                "Lifecycle policy does not exist for the repository with name '" + Owners.plain(repository)
                        + "' in the registry with id '" + account(repository) + "'");
    }

    AwsError scanNotFound(String repository, String digest) {
        return error(
                "ScanNotFoundException",
                "Image scan does not exist for the image with '{imageDigest:'" + digest
                        + "', imageTag:'null'}' in the repository with name '" + Owners.plain(repository)
                        + "' in the registry with id '" + account(repository) + "'");
    }

    static AwsError invalid(String parameter, String constraint) {
        return error(
                "InvalidParameterException",
                "Invalid parameter at '" + parameter + "' failed to satisfy constraint: '" + constraint + "'");
    }

    static AwsError error(String code, String text) {
        return new AwsError(code, 400, text);
    }
}
