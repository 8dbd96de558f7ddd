package io.github.ecsmaven.ecr;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.ImageReference;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.Problem;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ImageAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageTagAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/** An ECR repository through ECR's API: its address, the login, and tags put onto a manifest that is there. */
final class EcrRepository {
    private final EcrClient ecr;
    private final String name;

    EcrRepository(EcrClient ecr, String name) {
        this.ecr = ecr;
        this.name = name;
    }

    /** {@code repositoryUri}, or empty when there is no such repository. */
    Optional<String> uri() {
        return call("ecr:DescribeRepositories", () -> {
            try {
                return Optional.of(ecr.describeRepositories(request -> request.repositoryNames(name))
                        .repositories()
                        .get(0)
                        .repositoryUri());
            } catch (RepositoryNotFoundException missing) {
                return Optional.empty();
            }
        });
    }

    /** The account's registry, {@code host[:port]}, also when the repository isn't there yet. */
    String registry() {
        String endpoint = call(
                "ecr:GetAuthorizationToken",
                () -> ecr.getAuthorizationToken().authorizationData().get(0).proxyEndpoint());
        return URI.create(endpoint).getAuthority();
    }

    String create() {
        return call("ecr:CreateRepository", () -> ecr.createRepository(request -> request.repositoryName(name))
                .repository()
                .repositoryUri());
    }

    Problem missing() {
        List<String> others =
                call("ecr:DescribeRepositories", () -> ecr.describeRepositoriesPaginator().repositories().stream()
                        .map(Repository::repositoryName)
                        .sorted()
                        .limit(10)
                        .toList());
        return Problem.ofProject(
                "The ECR repository '" + name + "' does not exist.",
                others.isEmpty() ? List.of() : List.of("There are: " + String.join(", ", others)),
                "name an existing one in ecs.repository, or let it be created with -Decs.createRepository.");
    }

    /** The login, good for twelve hours; the token is {@code AWS:<password>} in base64. */
    Credential login() {
        String token = call(
                "ecr:GetAuthorizationToken",
                () -> ecr.getAuthorizationToken().authorizationData().get(0).authorizationToken());
        String plain = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
        int colon = plain.indexOf(':');
        return Credential.from(plain.substring(0, colon), plain.substring(colon + 1));
    }

    /** Gives the manifest one more tag; a tag that names it already is fine. */
    void tag(ImageReference image, Digest digest, String tag) {
        call("ecr:PutImage", () -> {
            Image found = manifest(digest);
            try {
                ecr.putImage(request -> request.repositoryName(name)
                        .imageManifest(found.imageManifest())
                        .imageManifestMediaType(found.imageManifestMediaType())
                        .imageDigest(digest.value())
                        .imageTag(tag));
            } catch (ImageAlreadyExistsException same) {
                return tag;
            } catch (ImageTagAlreadyExistsException taken) {
                requireSame(image, digest, tag);
            }
            return tag;
        });
    }

    private Image manifest(Digest digest) {
        return call("ecr:BatchGetImage", () -> ecr
                .batchGetImage(request -> request.repositoryName(name)
                        .imageIds(ImageIdentifier.builder()
                                .imageDigest(digest.value())
                                .build()))
                .images()
                .stream()
                .findFirst()
                .orElseThrow(() -> Problem.ofProject(
                        "ECR does not have the pushed image " + digest + " in '" + name + "'.", "push again.")));
    }

    private void requireSame(ImageReference image, Digest digest, String tag) {
        String existing = ecr
                .batchGetImage(request -> request.repositoryName(name)
                        .imageIds(ImageIdentifier.builder().imageTag(tag).build()))
                .images()
                .stream()
                .map(found -> found.imageId().imageDigest())
                .findFirst()
                .orElse("unknown");
        if (!existing.equals(digest.value())) {
            throw Problem.ofProject(
                    "The tag '" + tag + "' of " + image + " is immutable and names another image.",
                    List.of("There: " + existing, "Built: " + digest),
                    "raise the project's version or name another tag in ecs.tags.");
        }
    }

    private static <T> T call(String action, Supplier<T> call) {
        try {
            return call.get();
        } catch (EcrException error) {
            boolean denied =
                    "AccessDeniedException".equals(error.awsErrorDetails().errorCode());
            throw new Problem(
                    Problem.Blame.PROJECT,
                    "ECR refused " + action + ".",
                    List.of(error.awsErrorDetails().errorCode() + ": "
                            + error.awsErrorDetails().errorMessage()),
                    denied ? "allow " + action + " to this identity." : "check credentials, region and ecs.repository.",
                    error);
        } catch (SdkException error) {
            throw new Problem(
                    Problem.Blame.PROJECT,
                    "ECR could not be asked (" + action + ").",
                    List.of(String.valueOf(error.getMessage())),
                    "check AWS credentials, ecs.region, ecs.endpoint and the network.",
                    error);
        }
    }
}
