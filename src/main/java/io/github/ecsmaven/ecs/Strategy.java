package io.github.ecsmaven.ecs;

import io.github.ecsmaven.ecs.RolloutRequest.WaitFor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.CanaryConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentLifecycleHook;
import software.amazon.awssdk.services.ecs.model.LinearConfiguration;
import software.amazon.awssdk.services.ecs.model.Service;

/**
 * How ECS brings a new version out, of a service's deployment configuration.
 *
 * @param kind the strategy
 * @param bake how long old and new tasks run side by side once all production traffic is on the new ones
 * @param percent of the production traffic that a step shifts (linear), or that the canary gets
 * @param pause between two steps
 * @param hooks the lifecycle stages of each lifecycle hook
 */
record Strategy(Kind kind, Duration bake, double percent, Duration pause, List<List<String>> hooks) {
    static final Strategy ROLLING = new Strategy(Kind.ROLLING, Duration.ZERO, 100, Duration.ZERO, List.of());

    Strategy {
        hooks = List.copyOf(hooks);
    }

    /** As the API names them. */
    enum Kind {
        ROLLING,
        BLUE_GREEN,
        LINEAR,
        CANARY,
        /** As CodeDeploy's deployment configuration says; the API names it as the deployment controller. */
        CODE_DEPLOY
    }

    /** How a service is deployed. */
    static Strategy of(Service service) {
        return TaskSets.isOfCodeDeploy(service)
                ? new Strategy(Kind.CODE_DEPLOY, Duration.ZERO, 100, Duration.ZERO, List.of())
                : of(service.deploymentConfiguration());
    }

    /** What isn't given has the API's default (LinearConfiguration, CanaryConfiguration); an unknown strategy is watched as rolling. */
    static Strategy of(@Nullable DeploymentConfiguration from) {
        if (from == null) {
            return ROLLING;
        }
        Duration bake = Duration.ofMinutes(ReadObservation.number(from.bakeTimeInMinutes()));
        List<List<String>> hooks = from.lifecycleHooks().stream()
                .map(DeploymentLifecycleHook::lifecycleStagesAsStrings)
                .toList();
        return switch (ReadObservation.text(from.strategyAsString())) {
            case "BLUE_GREEN" -> new Strategy(Kind.BLUE_GREEN, bake, 100, Duration.ZERO, hooks);
            case "LINEAR" -> linear(from.linearConfiguration(), bake, hooks);
            case "CANARY" -> canary(from.canaryConfiguration(), bake, hooks);
            default -> ROLLING;
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

    /** Whether ECS shifts traffic from the old tasks to the new ones, in stages; else tasks replace tasks, or CodeDeploy does it. */
    boolean shifts() {
        return kind != Kind.ROLLING && kind != Kind.CODE_DEPLOY;
    }

    boolean hooked(String stage) {
        return hooks.stream().anyMatch(stages -> stages.contains(stage));
    }

    /** The pauses that ECS makes until then: the new tasks' start and the hooks come on top. */
    Duration least(WaitFor until) {
        Duration shift = pause.multipliedBy(pauses());
        return until == WaitFor.complete && shifts() ? shift.plus(bake) : shift;
    }

    /** After the step that reaches 100 percent there is none. */
    private int pauses() {
        if (percent >= 100) {
            return 0;
        }
        return kind == Kind.CANARY ? 1 : (int) Math.ceil(100 / percent) - 1;
    }

    /** {@code blue/green, bakes 10 min, 1 hook}, {@code by CodeDeploy}; empty for a rolling update. */
    String words() {
        if (!shifts()) {
            return kind == Kind.CODE_DEPLOY ? "by CodeDeploy" : "";
        }
        List<String> words = new ArrayList<>();
        words.add(
                switch (kind) {
                    case LINEAR -> "linear " + percent(percent) + " every " + pause.toMinutes() + " min";
                    case CANARY -> "canary " + percent(percent) + " for " + pause.toMinutes() + " min";
                    default -> "blue/green";
                });
        words.add(bake.isZero() ? "no bake time" : "bakes " + bake.toMinutes() + " min");
        if (!hooks.isEmpty()) {
            words.add(hooks.size() + (hooks.size() == 1 ? " hook" : " hooks"));
        }
        return String.join(", ", words);
    }

    /** A change, and how it is brought out: {@code Rollout of orders …, blue/green, bakes 10 min}. */
    String after(String change) {
        String words = words();
        return words.isEmpty() ? change : change + ", " + words;
    }

    /** {@code 25 %}, {@code 12.5 %} */
    static String percent(double value) {
        return value == Math.rint(value) ? Math.round(value) + " %" : String.format(Locale.ROOT, "%.1f %%", value);
    }
}
