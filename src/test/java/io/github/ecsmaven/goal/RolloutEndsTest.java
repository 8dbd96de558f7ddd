package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.Digest;
import io.github.ecsmaven.ecs.Rollout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.model.Model;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.DefaultSessionData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutEndsTest {
    @TempDir
    Path folder;

    private final SessionBoard board = new SessionBoard(new DefaultSessionData());
    private final MavenProject project = new MavenProject(new Model());

    @Test
    void goodOfSeveralServicesNotesEachWithItsNameInTheOrderAsked() throws IOException {
        RolloutEnds ends = ends("orders", "orders-worker");
        ends.good(rollout("orders-worker", "ecs-svc/2", Optional.empty()));
        ends.good(rollout("orders", "ecs-svc/1", Optional.of("http://127.0.0.1:8080")));

        assertThat(board.fact(project, "deployment")).contains("orders         ecs-svc/1\norders-worker  ecs-svc/2");
        assertThat(board.fact(project, "url")).contains("orders         http://127.0.0.1:8080");
        assertThat(Files.readString(folder.resolve("target/ecs/redeploy.json")))
                .containsSubsequence("\"orders\"", "\"orders-worker\"");
    }

    @Test
    void goodOfOneServiceNotesItWithoutAName() {
        ends("orders").good(rollout("orders", "ecs-svc/1", Optional.of("http://127.0.0.1:8080")));

        assertThat(board.fact(project, "deployment")).contains("ecs-svc/1");
        assertThat(board.fact(project, "url")).contains("http://127.0.0.1:8080");
    }

    /** And so it stays when nobody comes to its end. */
    @Test
    void begunIsRecordedAtOnceAndItsEndReplacesIt() throws IOException {
        RolloutEnds ends = ends("orders");
        Path file = folder.resolve("target/ecs/redeploy.json");
        Rollout completed = rollout("orders", "ecs-svc/1", Optional.empty());

        ends.begun(new Rollout(
                completed.cluster(),
                completed.service(),
                completed.deploymentId(),
                completed.taskDefinition(),
                completed.previousTaskDefinition(),
                completed.digest(),
                Rollout.Outcome.STARTED,
                completed.strategy(),
                completed.url(),
                0));

        assertThat(Files.readString(file)).contains("\"STARTED\"", "ecs-svc/1");
        ends.good(completed);
        assertThat(Files.readString(file)).contains("\"COMPLETED\"").doesNotContain("STARTED");
    }

    private RolloutEnds ends(String... services) {
        project.getBuild().setDirectory(folder.resolve("target").toString());
        Map<String, ConsoleRolloutLog> logs = new LinkedHashMap<>();
        List.of(services)
                .forEach(service ->
                        logs.put(service, new ConsoleRolloutLog(new SystemStreamLog(), service, RolloutTable.inLog())));
        return new RolloutEnds(board, project, logs, new SmokePart(board, project), false);
    }

    private static Rollout rollout(String service, String deployment, Optional<String> url) {
        return new Rollout(
                "uat",
                service,
                deployment,
                "arn:aws:ecs:eu-west-1:123456789012:task-definition/" + service + ":2",
                Optional.empty(),
                new Digest("sha256:" + "3f".repeat(32)),
                Rollout.Outcome.COMPLETED,
                "ROLLING",
                url,
                9);
    }
}
