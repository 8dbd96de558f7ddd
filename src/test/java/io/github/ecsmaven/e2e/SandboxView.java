package io.github.ecsmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ecsmaven.sandbox.SandboxClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;

/** The embedded AWS of a group of builds, asked as any AWS client would. */
record SandboxView(JsonNode state) {
    static SandboxView of(String group) {
        Path file = MavenBuild.sandboxHome(group).resolve("sandbox.json");
        try {
            return new SandboxView(new ObjectMapper().readTree(file.toFile()));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + state.get("port").asInt();
    }

    String text(String field) {
        return state.get(field).asText();
    }

    long pid() {
        return state.get("pid").asLong();
    }

    EcsClient ecs() {
        return EcsClient.builder()
                .endpointOverride(URI.create(endpoint()))
                .region(Region.of(text("region")))
                .credentialsProvider(credentials())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    CodeDeployClient codeDeploy() {
        return CodeDeployClient.builder()
                .endpointOverride(URI.create(endpoint()))
                .region(Region.of(text("region")))
                .credentialsProvider(credentials())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    EcrClient ecr() {
        return EcrClient.builder()
                .endpointOverride(URI.create(endpoint()))
                .region(Region.of(text("region")))
                .credentialsProvider(credentials())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private StaticCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(
                AwsBasicCredentials.create(text("accessKeyId"), text("secretAccessKey")));
    }

    Service service(String cluster, String name) {
        try (EcsClient ecs = ecs()) {
            return ecs.describeServices(request -> request.cluster(cluster).services(name))
                    .services()
                    .get(0);
        }
    }

    /** What the first container of a task definition runs. */
    String image(String taskDefinition) {
        try (EcsClient ecs = ecs()) {
            return ecs.describeTaskDefinition(request -> request.taskDefinition(taskDefinition))
                    .taskDefinition()
                    .containerDefinitions()
                    .get(0)
                    .image();
        }
    }

    /** Gives an image of a repository one more tag. */
    void tag(String repository, String image, String tag) {
        try (EcrClient ecr = ecr()) {
            Image found = ecr.batchGetImage(request -> request.repositoryName(repository)
                            .imageIds(ImageIdentifier.builder().imageTag(image).build()))
                    .images()
                    .get(0);
            ecr.putImage(request -> request.repositoryName(repository)
                    .imageTag(tag)
                    .imageManifest(found.imageManifest())
                    .imageManifestMediaType(found.imageManifestMediaType()));
        }
    }

    /** How many revisions of a task definition there are. */
    int revisions(String family) {
        try (EcsClient ecs = ecs()) {
            return ecs.listTaskDefinitions(request -> request.familyPrefix(family))
                    .taskDefinitionArns()
                    .size();
        }
    }

    /** How many deployments a service has had, whatever became of them. */
    int serviceDeployments(String cluster, String service) {
        try (EcsClient ecs = ecs()) {
            return ecs.listServiceDeployments(
                            request -> request.cluster(cluster).service(service))
                    .serviceDeployments()
                    .size();
        }
    }

    /** Orders a fault, as {@code PUT /admin/faults} does; with {@code '} for quotes. */
    void order(String fault) {
        faults("PUT", fault.replace('\'', '"'));
    }

    /** Takes all faults away. */
    void mend() {
        faults("DELETE", "");
    }

    private void faults(String method, String body) {
        answered(HttpRequest.newBuilder(URI.create(endpoint() + "/admin/faults"))
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    /** How many images a repository holds. */
    int images(String repository) {
        try (EcrClient ecr = ecr()) {
            return ecr.describeImages(request -> request.repositoryName(repository))
                    .imageDetails()
                    .size();
        }
    }

    /** All tags of a repository. */
    List<String> tags(String repository) {
        try (EcrClient ecr = ecr()) {
            return ecr.describeImages(request -> request.repositoryName(repository)).imageDetails().stream()
                    .flatMap(image -> image.imageTags().stream())
                    .toList();
        }
    }

    /** What a Docker client logs in with, as the user AWS. */
    String registryPassword() {
        try (EcrClient ecr = ecr()) {
            return SandboxClients.registryPassword(ecr);
        }
    }

    /** The answer of a deployed service; it must be a 200. */
    static String get(String url) {
        return answered(HttpRequest.newBuilder(URI.create(url)));
    }

    private static String answered(HttpRequest.Builder wish) {
        HttpRequest request = wish.build();
        try {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode())
                    .as("%s: %s", request.uri(), answer.body())
                    .isEqualTo(200);
            return answer.body();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
