package io.github.ecsmaven.ecs;

import io.github.ecsmaven.ecs.verdict.Strategy;
import io.github.ecsmaven.ecs.verdict.Strategy.Kind;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.CanaryConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentLifecycleHook;
import software.amazon.awssdk.services.ecs.model.LinearConfiguration;
import software.amazon.awssdk.services.ecs.model.Service;

/** Reads from a service how ECS or CodeDeploy brings a new version out. */
final class ReadStrategy {
    private ReadStrategy() {}

    /** How a service is deployed. */
    static Strategy of(Service service) {
        return TaskSets.isOfCodeDeploy(service)
                ? new Strategy(Kind.CODE_DEPLOY, Duration.ZERO, 100, Duration.ZERO, List.of())
                : of(service.deploymentConfiguration());
    }

    /** What isn't given has the API's default (LinearConfiguration, CanaryConfiguration); an unknown strategy is watched as rolling. */
    static Strategy of(@Nullable DeploymentConfiguration from) {
        if (from == null) {
            return Strategy.ROLLING;
        }
        Duration bake = Duration.ofMinutes(ReadObservation.number(from.bakeTimeInMinutes()));
        List<List<String>> hooks = from.lifecycleHooks().stream()
                .map(DeploymentLifecycleHook::lifecycleStagesAsStrings)
                .toList();
        return switch (ReadObservation.text(from.strategyAsString())) {
            case "BLUE_GREEN" -> new Strategy(Kind.BLUE_GREEN, bake, 100, Duration.ZERO, hooks);
            case "LINEAR" -> linear(from.linearConfiguration(), bake, hooks);
            case "CANARY" -> canary(from.canaryConfiguration(), bake, hooks);
            default -> Strategy.ROLLING;
        };
    }

    private static Strategy linear(@Nullable LinearConfiguration from, Duration bake, List<List<String>> hooks) {
        Double step = from == null ? null : from.stepPercent();
        Integer pause = from == null ? null : from.stepBakeTimeInMinutes();
        return new Strategy(
                Kind.LINEAR, bake, step == null ? 10 : step, Duration.ofMinutes(pause == null ? 6 : pause), hooks);
    }

    private static Strategy canary(@Nullable CanaryConfiguration from, Duration bake, List<List<String>> hooks) {
        Double part = from == null ? null : from.canaryPercent();
        Integer pause = from == null ? null : from.canaryBakeTimeInMinutes();
        return new Strategy(
                Kind.CANARY, bake, part == null ? 5 : part, Duration.ofMinutes(pause == null ? 10 : pause), hooks);
    }
}
