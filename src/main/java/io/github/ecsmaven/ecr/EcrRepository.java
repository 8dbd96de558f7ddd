package io.github.ecsmaven.ecr;

import com.google.cloud.tools.jib.api.Credential;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.NearestNames;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.aws.AwsProblems;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ImageAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageScanningConfiguration;
import software.amazon.awssdk.services.ecr.model.ImageTagAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.RepositoryAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecr.model.Tag;

/** An ECR repository through ECR's API: its address, the login, and the manifests in it. */
final class EcrRepository {
    private final EcrClient ecr;
    private final String name;
    private final ApiTries tries;
    /** Asked for once: a push looks at several of its settings. */
    private Optional<Repository> known = Optional.empty();

    EcrRepository(EcrClient ecr, String name, ApiTries tries) {
        this.ecr = ecr;
        this.name = name;
        this.tries = tries;
    }

    /** {@code repositoryUri}, or empty when there is no such repository. */
    Optional<String> uri() {
        return described().map(Repository::repositoryUri);
    }

    /** Of a repository that is not there, all may. */
    TagMutability mutability() {
        return described().map(TagMutability::of).orElse(new TagMutability(false, List.of()));
    }

    private Optional<Repository> described() {
        if (known.isEmpty()) {
            known = ask();
        }
        return known;
    }

    private Optional<Repository> ask() {
        return call("look for the ECR repository '" + name + "'", () -> {
            try {
                return Optional.of(ecr.describeRepositories(request -> request.repositoryNames(name))
                        .repositories()
                        .get(0));
            } catch (RepositoryNotFoundException missing) {
                return Optional.empty();
            }
        });
    }

    /** The account's registry, {@code host[:port]}, also when the repository isn't there yet. */
    String registry() {
        return URI.create(authorization().proxyEndpoint()).getAuthority();
    }

    private AuthorizationData authorization() {
        return call(
                "log in to ECR",
                () -> ecr.getAuthorizationToken().authorizationData().get(0));
    }

    /**
     * Asks for the scan of an image that is not there, which the permission decides about first.
     *
     * @throws Problem when scans may not be read
     */
    void requireScansReadable() {
        try {
            ecr.describeImageScanFindings(
                    request -> request.repositoryName(name).imageId(id -> id.imageDigest("sha256:" + "0".repeat(64))));
        } catch (SdkException refused) {
            if (AwsProblems.isAccessDenied(refused)) {
                throw AwsProblems.translate(
                        "read scans of the ECR repository '" + name + "' (ecs.scan.failOn)", refused);
            }
        }
    }

    /** Whether ECR's basic scan looks at what is pushed. */
    boolean scansOnPush() {
        return described()
                .map(Repository::imageScanningConfiguration)
                .map(ImageScanningConfiguration::scanOnPush)
                .orElse(false);
    }

    /** @return {@code repositoryUri}, also when another build was quicker */
    String create(NewRepository options) {
        known = call("create the ECR repository '" + name + "'", () -> {
            try {
                return Optional.of(
                        ecr.createRepository(request -> fill(request, options)).repository());
            } catch (RepositoryAlreadyExistsException quicker) {
                return Optional.empty();
            }
        });
        known.flatMap(any -> options.lifecyclePolicy()).ifPresent(this::putLifecycle);
        return uri().orElseThrow(this::missing);
    }

    private void putLifecycle(String policy) {
        call(
                "set the lifecycle policy (ecs.repository.lifecyclePolicy) of the new ECR repository '" + name
                        + "', which stays without one",
                () -> ecr.putLifecyclePolicy(
                        request -> request.repositoryName(name).lifecyclePolicyText(policy)));
    }

    private void fill(CreateRepositoryRequest.Builder request, NewRepository options) {
        request.repositoryName(name)
                .imageTagMutability(options.immutable() ? ImageTagMutability.IMMUTABLE : ImageTagMutability.MUTABLE)
                .imageScanningConfiguration(scan -> scan.scanOnPush(options.scanOnPush()));
        options.encryption()
                .ifPresent(encryption -> request.encryptionConfiguration(rest -> rest.encryptionType(encryption.type())
                        .kmsKey(encryption.key().orElse(null))));
        if (!options.tags().isEmpty()) {
            request.tags(options.tags().entrySet().stream()
                    .map(tag -> Tag.builder()
                            .key(tag.getKey())
                            .value(tag.getValue())
                            .build())
                    .toList());
        }
    }

    Problem missing() {
        List<String> near = NearestNames.of(name, others());
        return Problem.ofProject(
                "The ECR repository '" + name + "' does not exist in "
                        + ecr.serviceClientConfiguration().region() + ".",
                near.isEmpty() ? List.of() : List.of("There is " + String.join(", ", near) + "."),
                "correct ecs.repository, or ecs.region and ecs.profile if it is elsewhere; -Decs.createRepository creates it here.");
    }

    /** A help only: without the permission to list there are no names. */
    private List<String> others() {
        try {
            return ecr.describeRepositoriesPaginator().repositories().stream()
                    .map(Repository::repositoryName)
                    .toList();
        } catch (SdkException notAllowed) {
            return List.of();
        }
    }

    /** A new login. */
    Credential login() {
        return EcrLogins.of(ecr, tries);
    }

    /** What the tags name, for those that are there. */
    Map<String, String> digests(List<String> tags) {
        List<ImageIdentifier> ids = tags.stream()
                .map(tag -> ImageIdentifier.builder().imageTag(tag).build())
                .toList();
        Map<String, String> digests = new HashMap<>();
        images(ids)
                .forEach(image ->
                        digests.put(image.imageId().imageTag(), image.imageId().imageDigest()));
        return digests;
    }

    Image manifest(Digest digest) {
        ImageIdentifier id =
                ImageIdentifier.builder().imageDigest(digest.value()).build();
        return images(List.of(id)).stream()
                .findFirst()
                .orElseThrow(() -> Problem.ofProject(
                        "ECR does not have the pushed image " + digest + " in '" + name + "'.",
                        "look for a lifecycle policy that removes untagged images at once, then push again."));
    }

    private List<Image> images(List<ImageIdentifier> ids) {
        return call("read images of the ECR repository '" + name + "'", () -> ecr.batchGetImage(
                        request -> request.repositoryName(name).imageIds(ids))
                .images());
    }

    /**
     * Gives the manifest one more tag.
     *
     * @throws ImageAlreadyExistsException the tag names it already
     * @throws ImageTagAlreadyExistsException the tag is there and immutable
     */
    void put(Image manifest, String tag) {
        call(
                "tag the image in the ECR repository '" + name + "' with '" + tag + "'",
                PushTries.SOME_TAGS,
                () -> ecr.putImage(request -> request.repositoryName(name)
                        .imageManifest(manifest.imageManifest())
                        .imageManifestMediaType(manifest.imageManifestMediaType())
                        .imageDigest(manifest.imageId().imageDigest())
                        .imageTag(tag)));
    }

    private <T> T call(String doing, Supplier<T> call) {
        return call(doing, PushTries.NO_TAG, call);
    }

    private <T> T call(String doing, String interrupted, Supplier<T> call) {
        try {
            return tries.call(interrupted, call);
        } catch (ImageAlreadyExistsException | ImageTagAlreadyExistsException answer) {
            throw answer;
        } catch (SdkException error) {
            throw AwsProblems.translate(doing, error);
        }
    }
}
