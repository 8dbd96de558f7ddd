package io.github.ecsmaven.ecs.verdict;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How ECS brings a new version out, of a service's deployment configuration.
 *
 * @param kind the strategy
 * @param bake how long old and new tasks run side by side once all production traffic is on the new ones
 * @param percent of the production traffic that a step shifts (linear), or that the canary gets
 * @param pause between two steps
 * @param hooks the lifecycle stages of each lifecycle hook
 */
public record Strategy(Kind kind, Duration bake, double percent, Duration pause, List<List<String>> hooks) {
    public static final Strategy ROLLING = new Strategy(Kind.ROLLING, Duration.ZERO, 100, Duration.ZERO, List.of());

    public Strategy {
        hooks = List.copyOf(hooks);
    }

    /** As the API names them. */
    public enum Kind {
        ROLLING,
        BLUE_GREEN,
        LINEAR,
        CANARY,
        /** As CodeDeploy's deployment configuration says; the API names it as the deployment controller. */
        CODE_DEPLOY
    }

    /** Whether ECS shifts traffic from the old tasks to the new ones, in stages; else tasks replace tasks, or CodeDeploy does it. */
    public boolean shifts() {
        return kind != Kind.ROLLING && kind != Kind.CODE_DEPLOY;
    }

    public boolean hooked(String stage) {
        return hooks.stream().anyMatch(stages -> stages.contains(stage));
    }

    /** The pauses that ECS makes until then: the new tasks' start and the hooks come on top. */
    public Duration least(WaitFor until) {
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
    public String words() {
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
    public String after(String change) {
        String words = words();
        return words.isEmpty() ? change : change + ", " + words;
    }

    /** {@code 25 %}, {@code 12.5 %} */
    static String percent(double value) {
        return value == Math.rint(value) ? Math.round(value) + " %" : String.format(Locale.ROOT, "%.1f %%", value);
    }
}
