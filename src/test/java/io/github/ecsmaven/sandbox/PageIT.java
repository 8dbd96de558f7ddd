package io.github.ecsmaven.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import io.github.ecsmaven.container.TestImage;
import io.github.ecsmaven.report.page.Chromium;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.PortMapping;

/** The page at {@code /} in a browser. */
class PageIT {
    private static final Path PICTURES = Path.of("target", "sandbox-page").toAbsolutePath();
    private static final StaticCredentialsProvider ANY =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b"));

    @TempDir
    Path home;

    @TempDir
    Path profile;

    @TempDir
    Path work;

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

    /** Version 1 runs in a container, version 2 finds no place at first; the page is opened once. The pictures stay, to be looked at. */
    @Test
    void pageWhenAServiceIsDeployedShowsItLiveWithTasksLogsAndImages() throws Exception {
        String program = Chromium.programFor("page");
        Files.createDirectories(PICTURES);
        String image = "ecs-page-test:" + ProcessHandle.current().pid();
        TestImage.make(work, image, "EXPOSE 8080");
        try (EcsClient ecs = ecs();
                EcrClient ecr = ecr();
                Chromium browser = Chromium.start(program, profile)) {
            push(ecr, "1.0", "latest");
            ecs.createCluster(request -> request.clusterName("uat"));
            ecs.registerTaskDefinition(
                    request -> request.family("orders").containerDefinitions(container(image, "one")));
            ecs.createService(request -> request.cluster("uat")
                    .serviceName("orders")
                    .taskDefinition("orders:1")
                    .desiredCount(1));
            browser.open(endpoint.resolve("/#uat%2Forders,repository%20shop%2Forders"), 1200, 1100, false);
            browser.awaitTexts("1 of 1 running", "orders:1", "completed", "1 image", "1.0 latest");

            browser.value("window.opened = 'once'");
            browser.value("document.querySelector('[data-key^=\"log \"]').click()");
            browser.awaitTexts("grüße from mode one", "Started in no time");
            browser.screenshot(PICTURES.resolve("runs.png"));

            faults("PUT", "{\"fault\": \"placement\", \"service\": \"orders\", \"reason\": \"capacity\"}");
            ecs.registerTaskDefinition(
                    request -> request.family("orders").containerDefinitions(container(image, "two")));
            ecs.updateService(
                    request -> request.cluster("uat").service("orders").taskDefinition("orders:2"));
            browser.awaitTexts("in progress", "orders:2", "0/1", "placement", "unable to");
            for (int width : new int[] {1200, 390}) {
                browser.show(width, 1900, width == 390);
                assertThat(browser.value("document.querySelector('pre').getBoundingClientRect().right")
                                .asInt())
                        .as("the log, on a screen of %d", width)
                        .isLessThan(width);
                assertThat(browser.value("document.documentElement.scrollWidth").asInt())
                        .isLessThanOrEqualTo(width);
                browser.screenshot(PICTURES.resolve("under-way-" + width + ".png"));
            }

            faults("DELETE", "");
            browser.show(1200, 1100, false);
            browser.awaitTexts("1 of 1 running", "deployment completed", "Scaling activity initiated by");
            assertThat(browser.value("[...document.querySelectorAll('.why')].map(why => why.innerText).join('')")
                            .asText())
                    .as("told as a failure")
                    .isEmpty();
            assertThat(browser.value("window.opened").asText()).isEqualTo("once");
            browser.screenshot(PICTURES.resolve("completed.png"));
        } finally {
            server.end(Admin.End.FORGET);
            TestImage.remove(image);
        }
    }

    private static ContainerDefinition container(String image, String mode) {
        return ContainerDefinition.builder()
                .name("orders")
                .image(image)
                .memory(128)
                .environment(KeyValuePair.builder().name("MODE").value(mode).build())
                .portMappings(PortMapping.builder().containerPort(8080).build())
                .build();
    }

    /** One image under these tags, into the new repository shop/orders. */
    private void push(EcrClient ecr, String... tags) throws Exception {
        String uri = ecr.createRepository(request -> request.repositoryName("shop/orders"))
                .repository()
                .repositoryUri();
        Path file = Files.writeString(work.resolve("orders.txt"), "orders");
        Containerizer to = Containerizer.to(RegistryImage.named(uri + ":" + tags[0])
                        .addCredential("AWS", SandboxClients.registryPassword(ecr)))
                .setAllowInsecureRegistries(true)
                .setBaseImageLayersCache(work.resolve("base"))
                .setApplicationLayersCache(work.resolve("application"));
        Stream.of(tags).forEach(to::withAdditionalTag);
        Jib.fromScratch().addLayer(List.of(file), AbsoluteUnixPath.get("/")).containerize(to);
    }

    private void faults(String method, String body) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(endpoint.resolve(Admin.FAULTS))
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private void fill() {
        try (EcsClient ecs = ecs();
                EcrClient ecr = ecr()) {
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

    private EcsClient ecs() {
        return EcsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(ANY)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private EcrClient ecr() {
        return EcrClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(ANY)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
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
