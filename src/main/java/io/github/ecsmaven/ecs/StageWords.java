package io.github.ecsmaven.ecs;

import io.github.ecsmaven.ecs.Observation.Shift;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Says where a deployment that shifts traffic stands: {@code production traffic 25 %}, {@code baking, 4 min left of 10}. Pure. */
final class StageWords {
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
                        .map(weight -> "production traffic " + Strategy.percent(weight))
                        .orElse("shifting the production traffic");
            case "POST_PRODUCTION_TRAFFIC_SHIFT" -> "production traffic shifted";
            case "BAKE_TIME" -> "baking" + left(shift, strategy, now);
            case "CLEAN_UP" -> "baked, the old tasks go";
            default -> shift.stage().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    private static String hook(Shift shift, Strategy strategy) {
        return strategy.hooked(shift.stage()) ? ", a hook decides" : "";
    }

    /** In whole minutes, so that a line is new once a minute. */
    private static String left(Shift shift, Strategy strategy, Instant now) {
        long whole = strategy.bake().toMinutes();
        Duration left = shift.left(strategy.bake(), now);
        return whole == 0 ? "" : ", " + (left.toSeconds() + 59) / 60 + " min left of " + whole;
    }
}
