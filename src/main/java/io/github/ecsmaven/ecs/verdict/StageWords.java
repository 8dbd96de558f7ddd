package io.github.ecsmaven.ecs.verdict;

import io.github.ecsmaven.ecs.verdict.Observation.Shift;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Says where a deployment that shifts traffic stands: {@code production traffic 25 %}, {@code baking, 40 s of 1 min left}. Pure. */
public final class StageWords {
    private StageWords() {}

    /** Begins with a comma; empty while the stage isn't known. */
    static String of(Observation seen, Expected expected, Instant now) {
        return seen.shift()
                .map(shift -> ", " + words(shift, expected.strategy(), now) + hook(shift, expected.strategy()))
                .orElse("");
    }

    private static String words(Shift shift, Strategy strategy, Instant now) {
        return switch (shift.stage()) {
            case "RECONCILE_SERVICE" -> "several versions run, ECS reconciles them";
            case "PRE_SCALE_UP" -> "about to start the new tasks";
            case "SCALE_UP" -> "starting the new tasks";
            case "POST_SCALE_UP" -> "the new tasks run, no traffic yet";
            case "TEST_TRAFFIC_SHIFT" -> "shifting the test traffic";
            case "POST_TEST_TRAFFIC_SHIFT" -> "test traffic shifted";
            case "PRE_PRODUCTION_TRAFFIC_SHIFT" -> "about to shift the production traffic";
            case "PRODUCTION_TRAFFIC_SHIFT" ->
                shift.production()
                        .map(weight -> "production traffic " + Strategy.percent(weight)
                                + (weight < 100 ? next(shift, strategy.pause(), now) : ""))
                        .orElse("shifting the production traffic");
            case "POST_PRODUCTION_TRAFFIC_SHIFT" -> "production traffic shifted";
            case "BAKE_TIME" -> "baking" + left(shift, strategy.bake(), now);
            case "CLEAN_UP" -> "baked, the old tasks go";
            default -> shift.stage().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    private static String hook(Shift shift, Strategy strategy) {
        return strategy.hooked(shift.stage()) ? ", a hook decides" : "";
    }

    private static String next(Shift shift, Duration pause, Instant now) {
        Duration left = Remaining.of(shift.left(pause, now));
        return left.isZero() ? "" : ", the next step in " + Remaining.words(left);
    }

    private static String left(Shift shift, Duration whole, Instant now) {
        if (whole.isZero()) {
            return "";
        }
        Duration left = Remaining.of(shift.left(whole, now));
        return left.isZero()
                ? ", the " + Remaining.words(whole) + " are over"
                : ", " + Remaining.words(left) + " of " + Remaining.words(whole) + " left";
    }
}
