package io.github.ecsmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.container.TestImage;
import io.github.ecsmaven.ecr.RegistryProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds of an application that needs a service: it calls it by its name. */
class ServicesBuildIT {
    private static final String GROUP = "services";
    private static final String IMAGE =
            "ecs-services-test:stub-" + ProcessHandle.current().pid();
    private static final String TEST = "src/test/java/shop/clock/ClockIT.java";

    @TempDir
    static Path scratch;

    @BeforeAll
    static void makeImage() throws IOException {
        TestImage.make(scratch, IMAGE, "EXPOSE 8080");
    }

    @AfterAll
    static void removeImage() {
        TestImage.remove(IMAGE);
    }

    @Test
    void applicationFindsItsServiceByNameAndSoDoTheTestsByTheirProperties() {
        MavenBuild build = calling("by-name")
                .edit(
                        "pom.xml",
                        "<ecs.service>",
                        "<ecs.test.services>stub=" + IMAGE + "</ecs.test.services>"
                                + "<ecs.test.services.stub.environment.MODE>exit</ecs.test.services.stub.environment.MODE>"
                                + "<ecs.service>")
                // The command line goes before the pom.
                .with("-Decs.test.services.stub.environment.MODE=slow");

        build.run("verify")
                .succeeds()
                .says(
                        "Service stub ready at 127.0.0.1:",
                        "(" + IMAGE + ", port 8080 accepts connections)",
                        "Container stopped");
        assertThat(build.lines("target/ecs/service-stub.log")).first().isEqualTo("grüße from mode slow");
        assertThat(build.hasRecord("tested.json")).isTrue();
    }

    @Test
    void failedTestShowsTheLogOfTheService() {
        MavenBuild build = calling("test-fails")
                .edit(
                        "pom.xml",
                        "<extensions>true</extensions>",
                        "<extensions>true</extensions><configuration><testServices><service><name>stub</name><image>"
                                + IMAGE
                                + "</image><environment><MODE>slow</MODE></environment></service></testServices></configuration>")
                .edit(TEST, "+09:00", "+10:00");

        assertThat(build.run("verify").exit()).isNotZero();
        assertThat(String.join("\n", build.lines("build.log")))
                .containsPattern("WARN.*Last .*of the service 'stub' \\(.*target/ecs/service-stub\\.log\\):")
                .contains("  grüße from mode slow");
        assertThat(build.record("report.json")
                        .findPath("failures")
                        .findPath("file")
                        .asText())
                .isEqualTo(TEST);
    }

    @Test
    void serviceThatDiesIsReportedWithCodeAndLog() {
        calling("dies")
                .with("-Decs.test.services=stub=" + IMAGE, "-Decs.test.services.stub.environment=MODE=exit")
                .run("verify")
                .failsWith(
                        "The service 'stub' (" + IMAGE + ") ended before it was ready, with exit code 3",
                        "DB_URL is not set",
                        "ecs.test.services.stub.environment.NAME=value");
    }

    @Test
    void unknownPropertyOfAServiceIsRefusedBeforeAnythingIsStarted() {
        MavenBuild build = calling("typo")
                .with(
                        "-Decs.test.services=stub=" + IMAGE,
                        "-Decs.test.services.stub.prot=1",
                        "-Decs.test.services.stbu.port=1");

        build.run("verify")
                .failsWith(
                        "Unknown property 'ecs.test.services.stub.prot'.",
                        "did you mean 'ecs.test.services.stub.port'?");
        assertThat(build.hasRecord("service-stub.log")).isFalse();
    }

    @Test
    void imageThatTheEngineHasNotGotIsPulled() throws Exception {
        RegistryProcess.assumeThere();
        try (RegistryProcess registry = new RegistryProcess(Files.createDirectories(scratch.resolve("registry")))) {
            Path docker = registry.login(scratch.resolve("docker"));
            String image = registry.host() + "/shop/stub:1.0";
            Tool tool = new Tool(Map.of("DOCKER_CONFIG", docker.toString()));
            tool.run("docker", "tag", IMAGE, image);
            tool.run("docker", "push", image);
            tool.run("docker", "rmi", image);

            calling("pulled")
                    .environment("DOCKER_CONFIG", docker.toString())
                    .with("-Decs.test.services=" + image)
                    .run("verify")
                    .succeeds()
                    .says("Pulled " + image, "Service stub ready at 127.0.0.1:");
            tool.run("docker", "rmi", image);
        }
    }

    @Test
    void ryukThatIsAskedForNeedsItsImage() {
        calling("ryuk")
                .environment("TESTCONTAINERS_RYUK_CONTAINER_IMAGE", "127.0.0.1:9/ryuk:1")
                .with("-Decs.test.ryuk")
                .run("verify")
                .failsWith("Ryuk's image '127.0.0.1:9/ryuk:1' (ecs.test.ryuk)", "leave ecs.test.ryuk out");
    }

    /** An application that asks the service {@code stub}, and a test that asks both. */
    private static MavenBuild calling(String name) {
        return MavenBuild.clock(GROUP, name)
                .edit("src/main/java/shop/clock/Clock.java", "server.start();", """
                        server.createContext("/peer", exchange -> {
                            byte[] body = java.net.URI.create("http://stub:8080/").toURL().openStream().readAllBytes();
                            exchange.sendResponseHeaders(200, body.length);
                            exchange.getResponseBody().write(body);
                            exchange.close();
                        });
                        server.start();""")
                .edit(TEST, "URI uri =", """
                        for (String url : new String[] {
                            System.getProperty("ecs.url") + "/peer",
                            System.getProperty("ecs.services.stub.url") + "/",
                            "http://" + System.getProperty("ecs.services.stub.host") + ":"
                                    + System.getProperty("ecs.services.stub.port") + "/"
                        }) {
                            String said = new String(URI.create(url).toURL().openStream().readAllBytes());
                            assertEquals("{\\"status\\":\\"UP\\"}", said, url);
                        }
                        URI uri =""");
    }
}
