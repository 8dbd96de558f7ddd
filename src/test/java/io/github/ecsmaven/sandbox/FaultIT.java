package io.github.ecsmaven.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Faults on demand and the identities of callers, over HTTP with the AWS SDK; no task is run. */
class FaultIT {
    @TempDir
    Path home;

    private SandboxServer server;
    private URI endpoint;
    private EcsClient ecs;

    @BeforeEach
    void start() throws IOException {
        server = SandboxClients.server(home);
        endpoint = URI.create("http://127.0.0.1:" + server.state().port());
        ecs = client(AwsBasicCredentials.create("test", "test"), "us-east-1");
    }

    @AfterEach
    void stop() throws IOException {
        server.end(Admin.End.FORGET);
    }

    @ParameterizedTest
    @CsvSource({
        "throttle, 400, ThrottlingException, Rate exceeded",
        "error, 500, ServerException, Service Unavailable. Please try again later.",
    })
    void callWhenFaultIsCountedFailsSoOftenThenSucceeds(String fault, int status, String code, String text)
            throws Exception {
        order("{'fault': '" + fault + "', 'action': 'ListClusters', 'count': 2}");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> ecs.listClusters()).isInstanceOfSatisfying(EcsException.class, error -> {
                assertThat(error.statusCode()).isEqualTo(status);
                assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code);
                assertThat(error.awsErrorDetails().errorMessage()).isEqualTo(text);
            });
        }
        assertThat(ecs.listClusters().clusterArns()).isEmpty();
        assertThat(send("GET", "/admin/faults", "").body()).isEqualTo("{\"faults\":[]}");
    }

    @Test
    void callWhenConnectionIsCutFailsAsAClientError() throws Exception {
        order("{'fault': 'cut', 'action': 'ListClusters', 'count': 1}");
        assertThatThrownBy(() -> ecs.listClusters()).isInstanceOf(SdkClientException.class);
        assertThat(ecs.listClusters().clusterArns()).isEmpty();
    }

    @Test
    void callWhenLatencyIsOrderedIsLate() throws Exception {
        order("{'fault': 'latency', 'millis': 300, 'count': 1}");
        long before = System.nanoTime();
        ecs.listClusters();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void callWhenPermissionIsMissingNamesTheRolesSession() throws Exception {
        order("{'fault': 'deny', 'action': 'ecs:DescribeClusters'}");
        try (StsClient sts = sts(AwsBasicCredentials.create("test", "test"))) {
            Credentials given = sts.assumeRole(request -> request.roleArn("arn:aws:iam::210987654321:role/deploy")
                            .roleSessionName("build-7"))
                    .credentials();
            AwsCredentials role =
                    AwsSessionCredentials.create(given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
            try (EcsClient asRole = client(role, "eu-west-1")) {
                assertThatThrownBy(() -> asRole.describeClusters(request -> request.clusters("uat")))
                        .hasMessageContaining("User: arn:aws:sts::210987654321:assumed-role/deploy/build-7 is not"
                                + " authorized to perform: ecs:DescribeClusters on resource:"
                                + " arn:aws:ecs:eu-west-1:210987654321:cluster/uat because no identity-based policy"
                                + " allows the ecs:DescribeClusters action");
            }
            try (StsClient self = sts(role)) {
                assertThat(self.getCallerIdentity().arn())
                        .isEqualTo("arn:aws:sts::210987654321:assumed-role/deploy/build-7");
            }
        }
    }

    @Test
    void clustersWhenAccountOrRegionDiffersAreOthers() {
        ecs.createCluster(request -> request.clusterName("uat"));
        try (EcsClient elsewhere = client(AwsBasicCredentials.create("test", "test"), "eu-west-1");
                EcsClient other = client(AwsBasicCredentials.create("210987654321", "test"), "us-east-1")) {
            assertThat(elsewhere.listClusters().clusterArns()).isEmpty();
            other.createCluster(request -> request.clusterName("uat"));
            assertThat(other.listClusters().clusterArns())
                    .containsExactly("arn:aws:ecs:us-east-1:210987654321:cluster/uat");
            assertThat(ecs.listClusters().clusterArns())
                    .containsExactly("arn:aws:ecs:us-east-1:123456789012:cluster/uat");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "429, '{\"errors\":[{\"code\":\"TOOMANYREQUESTS\",\"message\":\"Rate exceeded\"}]}'",
        "500, '{\"errors\":[{\"code\":\"UNKNOWN\",\"message\":\"Internal server error\"}]}'",
    })
    void pushWhenLayerFailsAnswersSo(int status, String body) throws Exception {
        order("{'fault': 'registry', 'repository': 'web', 'layer': 2, 'status': " + status + ", 'count': 1}");
        assertThat(send("PATCH", "/v2/web/blobs/uploads/one", "x").statusCode()).isNotEqualTo(status);
        HttpResponse<String> refused = send("PATCH", "/v2/web/blobs/uploads/two", "x");
        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(refused.body()).isEqualTo(body);
        assertThat(send("PATCH", "/v2/web/blobs/uploads/three", "x").statusCode())
                .isNotEqualTo(status);
    }

    @Test
    void pushWhenLayerIsCutHasNoAnswer() throws Exception {
        order("{'fault': 'registry', 'status': 0}");
        assertThatThrownBy(() -> send("PATCH", "/v2/web/blobs/uploads/one", "x".repeat(100_000)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void faultsWhenOrderedAreListedAndTakenAway() throws Exception {
        order("[{'fault': 'cut', 'action': 'A'}, {'fault': 'placement', 'service': 'web', 'reason': 'capacity'}]");
        assertThat(send("GET", "/admin/faults", "").body())
                .isEqualTo("{\"faults\":[{\"id\":\"1\",\"fault\":\"cut\",\"action\":\"A\"},"
                        + "{\"id\":\"2\",\"fault\":\"placement\",\"service\":\"web\",\"reason\":\"capacity\"}]}");
        assertThat(send("DELETE", "/admin/faults/1", "").statusCode()).isEqualTo(200);
        assertThat(send("DELETE", "/admin/faults/1", "").statusCode()).isEqualTo(404);
        assertThat(send("DELETE", "/admin/faults", "").body()).isEqualTo("{\"faults\":[]}");
    }

    @Test
    void faultsWhenOrderIsBadOrFromElsewhereAreRefused() throws Exception {
        assertThat(send("PUT", "/admin/faults", "{").statusCode()).isEqualTo(400);
        assertThat(send("PUT", "/admin/faults", "{\"fault\": \"x\"}").body()).startsWith("'fault' is 'x'; it can be [");
        assertThat(send("POST", "/admin/faults", "").statusCode()).isEqualTo(405);
        HttpRequest page = HttpRequest.newBuilder(endpoint.resolve("/admin/faults"))
                .header("Origin", "https://evil.example")
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(page, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(403);
    }

    private void order(String json) throws Exception {
        HttpResponse<String> answer = send("PUT", "/admin/faults", json.replace('\'', '"'));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve(path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private EcsClient client(AwsCredentials credentials, String region) {
        return EcsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .overrideConfiguration(settings -> settings.retryStrategy(retry -> retry.maxAttempts(1)))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private StsClient sts(AwsCredentials credentials) {
        return StsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}
