package io.github.ecsmaven.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.EcrClient;

/** The docker command against the sandbox's registry: login, push, pull. */
class DockerCliIT {
    @TempDir
    Path home;

    @TempDir
    Path work;

    private Sandbox sandbox;

    @BeforeEach
    void start() {
        assumeTrue(CommandLine.find("docker").isPresent(), "skipped: the Docker CLI ('docker') is not installed");
        sandbox = SandboxClients.of(home);
    }

    @AfterEach
    void stop() {
        if (sandbox != null) {
            sandbox.stop(true);
        }
    }

    @Test
    void pushThenPullGivesTheSameImage() throws Exception {
        Sandbox.Address address = sandbox.ensure();
        CommandLine docker =
                new CommandLine(Map.of("DOCKER_CONFIG", work.resolve("config").toString(), "DOCKER_BUILDKIT", "0"));
        String image = "127.0.0.1:" + address.endpoint().getPort() + "/orders:1.0";
        Files.writeString(work.resolve("hello.txt"), "hello from " + work);
        Files.writeString(work.resolve("Dockerfile"), "FROM scratch\nCOPY hello.txt /\n");
        docker.run("docker build -q -t " + image + " " + work);
        try {
            String id = docker.run("docker image inspect -f {{.Id}} " + image);
            docker.run("docker login -u AWS --password-stdin " + image.replace("/orders:1.0", ""), password(address));
            docker.run("docker push " + image);
            docker.run("docker rmi " + image);
            docker.run("docker pull " + image);
            assertThat(docker.run("docker image inspect -f {{.Id}} " + image)).isEqualTo(id);
        } finally {
            docker.run("docker rmi -f " + image);
        }
    }

    /** Also makes the repository. */
    private static String password(Sandbox.Address address) {
        try (EcrClient ecr = SandboxClients.ecr(address)) {
            ecr.createRepository(request -> request.repositoryName("orders"));
            return SandboxClients.registryPassword(ecr);
        }
    }
}
