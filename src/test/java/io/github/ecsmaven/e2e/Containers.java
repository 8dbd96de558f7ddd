package io.github.ecsmaven.e2e;

import io.github.ecsmaven.sandbox.ecs.Ecs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What the engine runs, seen from outside. */
final class Containers {
    private Containers() {}

    /** Waits until no temporary container of a project ({@code groupId:artifactId}) is there, and no network of services. */
    static void awaitNoneOf(String project) {
        String label = label(project);
        Await.until(
                "temporary containers of " + project + " are gone",
                Duration.ofMinutes(1),
                () -> labelled(label).isEmpty() && networks(label).isEmpty());
    }

    /** The temporary containers of a project, running or not. */
    static List<String> of(String project) {
        return labelled(label(project));
    }

    private static String label(String project) {
        return "io.github.ecsmaven.test.project=" + project;
    }

    private static String networks(String label) {
        return new Tool(Map.of()).run("docker", "network", "ls", "--quiet", "--filter", "label=" + label);
    }

    /** The tasks' containers of the sandbox with this home, running or not. */
    static List<String> ofSandbox(Path home) {
        return labelled("io.github.ecsmaven.sandbox=" + Ecs.homeId(home));
    }

    private static List<String> labelled(String label) {
        return new Tool(Map.of())
                .run("docker", "ps", "--all", "--quiet", "--filter", "label=" + label)
                .lines()
                .toList();
    }
}
