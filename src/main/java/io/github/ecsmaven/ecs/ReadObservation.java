package io.github.ecsmaven.ecs;

import io.github.ecsmaven.ecs.verdict.Arns;
import io.github.ecsmaven.ecs.verdict.Observation.ContainerSeen;
import io.github.ecsmaven.ecs.verdict.Observation.Deployed;
import io.github.ecsmaven.ecs.verdict.Observation.TaskSeen;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.Task;

/** Turns the SDK's answers, in which anything may be null, into the values that are judged. */
final class ReadObservation {
    private ReadObservation() {}

    static Deployed deployment(Deployment d) {
        return new Deployed(
                text(d.id()),
                text(d.status()),
                text(d.taskDefinition()),
                number(d.desiredCount()),
                number(d.pendingCount()),
                number(d.runningCount()),
                number(d.failedTasks()),
                d.createdAt() == null ? Instant.EPOCH : d.createdAt(),
                d.updatedAt() == null ? Instant.MAX : d.updatedAt(),
                text(d.rolloutStateAsString()),
                text(d.rolloutStateReason()));
    }

    /** @param ids of deployments by what their tasks name as what started them, where that is not the same */
    static TaskSeen task(Task t, Map<String, String> ids) {
        return new TaskSeen(
                Arns.name(text(t.taskArn())),
                ids.getOrDefault(text(t.startedBy()), text(t.startedBy())),
                text(t.lastStatus()),
                text(t.desiredStatus()),
                text(t.healthStatusAsString()),
                text(t.stopCodeAsString()),
                text(t.stoppedReason()),
                Optional.ofNullable(t.createdAt()),
                Optional.ofNullable(t.stoppedAt()),
                t.containers().stream().map(ReadObservation::container).toList());
    }

    private static ContainerSeen container(Container c) {
        return new ContainerSeen(
                text(c.name()),
                text(c.image()),
                text(c.imageDigest()),
                Optional.ofNullable(c.exitCode()),
                text(c.reason()),
                text(c.healthStatusAsString()));
    }

    static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    static int number(@Nullable Integer number) {
        return number == null ? 0 : number;
    }
}
