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
    /** Two runs on one engine make and remove their images independently; a JVM that a test starts is told the test's. */
    static final String RUN = System.getProperty(
            "ecs.test.run", Long.toString(ProcessHandle.current().pid()));

    static final String IMAGE = "ecs-container-test:app-" + RUN;

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

    /** The image of most tests. */
    static void makeImage(Path scratch) throws IOException {
        TestImage.make(scratch, IMAGE, "EXPOSE 8080");
    }

    /** Ids of the containers of a build. */
    static List<String> containers(String build) {
        String ids = docker("ps", "-aq", "--no-trunc", "--filter", "label=" + Labels.TEST + "=" + build);
        return ids.isEmpty() ? List.of() : List.of(ids.split("\\s+"));
    }

    /** Ids of the networks of a build. */
    static List<String> networks(String build) {
        String ids = docker("network", "ls", "-q", "--no-trunc", "--filter", "label=" + Labels.TEST + "=" + build);
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

    /** By its working folder, as a long class path hides a process's arguments. */
    static long keeperOf(Path folder) throws IOException {
        for (ProcessHandle child : ProcessHandle.current().children().toList()) {
            Path working = Path.of("/proc", Long.toString(child.pid()), "cwd");
            if (Files.exists(working) && working.toRealPath().equals(folder.toRealPath())) {
                return child.pid();
            }
        }
        throw new IllegalStateException("no keeper in " + folder);
    }

    static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
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
