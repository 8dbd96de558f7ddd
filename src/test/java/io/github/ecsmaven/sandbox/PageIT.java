package io.github.ecsmaven.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.report.page.Chromium;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/** The page at {@code /} in a browser. */
class PageIT {
    @TempDir
    Path home;

    @TempDir
    Path profile;

    private SandboxServer server;
    private URI endpoint;

    @BeforeEach
    void start() throws IOException {
        server = SandboxClients.server(home);
        endpoint = URI.create("http://127.0.0.1:" + server.state().port());
    }

    @AfterEach
    void stop() throws IOException {
        server.end(Admin.End.FORGET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1200,900", "360,700"})
    void pageWhenOpenedShowsWhatIsThere(String size) throws Exception {
        fill();
        String shown = browse("/#uat%2Forders,repository%20shop%2Forders", size);

        assertThat(shown)
                .contains("<b>uat</b>", "0 of 0 running", "shop/orders", "No service yet.", "aria-expanded=\"true\"")
                .contains(">primary<", "Nothing was pushed yet.")
                .doesNotContain("connecting")
                .doesNotContainPattern("Uncaught|Refused to");
    }

    @Test
    void pageWhenAskedForLetsNothingElseIn() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(endpoint).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Security-Policy")).contains(Page.POLICY);
        assertThat(answer.body()).contains(endpoint.toString()).doesNotContain("{{");
    }

    private void fill() {
        StaticCredentialsProvider any = StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b"));
        try (EcsClient ecs = EcsClient.builder()
                        .endpointOverride(endpoint)
                        .region(Region.US_EAST_1)
                        .credentialsProvider(any)
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build();
                EcrClient ecr = EcrClient.builder()
                        .endpointOverride(endpoint)
                        .region(Region.US_EAST_1)
                        .credentialsProvider(any)
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build()) {
            ContainerDefinition web = ContainerDefinition.builder()
                    .name("web")
                    .image("web:1")
                    .memory(64)
                    .build();
            ecs.createCluster(request -> request.clusterName("uat"));
            ecs.createCluster(request -> request.clusterName("prod"));
            ecs.registerTaskDefinition(request -> request.family("web").containerDefinitions(web));
            ecs.createService(request -> request.cluster("uat")
                    .serviceName("orders")
                    .taskDefinition("web")
                    .desiredCount(0));
            ecr.createRepository(request -> request.repositoryName("shop/orders"));
        }
    }

    /** The page's document after it has asked for its contents, and what the browser complained about. */
    private String browse(String path, String size) throws IOException, InterruptedException {
        String browser = Chromium.programFor("page");
        Process process = new ProcessBuilder(
                        browser,
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--enable-logging=stderr",
                        "--user-data-dir=" + profile,
                        "--window-size=" + size,
                        "--virtual-time-budget=3000",
                        "--dump-dom",
                        endpoint.resolve(path).toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
