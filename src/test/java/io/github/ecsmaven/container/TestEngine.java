package io.github.ecsmaven.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The engine as a test looks at it from outside: through the docker command. */
final class TestEngine {
    static final String IMAGE = "ecs-container-test:app";
    private static final String BASE = "ecs-maven-plugin/java:17";

    /** The tests' own, so that they also cover joining one, and need nothing of the engine's default bridge. */
    static final String NETWORK =
            "ecs-container-test-" + ProcessHandle.current().pid();

    private TestEngine() {}

    static String docker(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + text);
            }
            return text;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** An image with {@link TestApp}; made without a build, as the base has no shell. */
    static void makeImage(Path scratch) throws IOException {
        Path folder = scratch.resolve("app/io/github/ecsmaven/container");
        Files.createDirectories(folder);
        Path classes = Path.of("target/test-classes/io/github/ecsmaven/container");
        Files.copy(classes.resolve("TestApp.class"), folder.resolve("TestApp.class"));
        String id = docker("create", BASE, "x");
        docker("cp", scratch.resolve("app").toString(), id + ":/app");
        docker(
                "commit",
                "-c",
                "ENTRYPOINT [\"/opt/java/bin/java\",\"-Dfile.encoding=UTF-8\",\"-Dsun.stdout.encoding=UTF-8\",\"-cp\",\"/app\",\""
                        + TestApp.class.getName() + "\"]",
                "-c",
                "EXPOSE 8080",
                id,
                IMAGE);
        docker("rm", "-f", id);
    }

    /** Ids of the containers of a build. */
    static List<String> containers(String build) {
        String ids = docker("ps", "-aq", "--no-trunc", "--filter", "label=" + Labels.TEST + "=" + build);
        return ids.isEmpty() ? List.of() : List.of(ids.split("\\s+"));
    }

    static ContainerRequest request(
            String build, Path log, String mode, Optional<String> path, String network, Duration timeout) {
        return new ContainerRequest(
                "shop:orders",
                build,
                IMAGE,
                8080,
                Map.of("MODE", mode),
                Optional.of(network),
                Optional.empty(),
                new ContainerRequest.Readiness(path, List.of(200), Optional.empty()),
                timeout,
                log);
    }

    static Keeper.Launch launch(Path scratch, Map<String, String> environment) {
        return new Keeper.Launch(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                scratch,
                environment,
                false);
    }

    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within 30 s: " + what);
            }
            Thread.sleep(50);
        }
    }
}
