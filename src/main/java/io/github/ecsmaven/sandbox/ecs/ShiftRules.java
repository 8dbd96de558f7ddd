package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ecsmaven.sandbox.ecs.Shift.Stage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How a deployment shifts traffic; with ECS's defaults where the configuration says nothing.
 *
 * @param first percentage of the production traffic that is shifted first
 * @param step percentage of each further step
 * @param pause between two steps, in milliseconds
 * @param bake milliseconds that old and new tasks run side by side with all traffic on the new ones
 * @param hooks the target of a lifecycle hook, by stage
 */
record ShiftRules(double first, double step, long pause, long bake, Map<String, String> hooks) {
    private static final Set<String> SHIFTING = Set.of("BLUE_GREEN", "LINEAR", "CANARY");
    private static final int MINUTE = 60_000;

    ShiftRules {
        hooks = Map.copyOf(hooks);
    }

    static boolean apply(JsonNode configuration) {
        return SHIFTING.contains(configuration.path("strategy").asText());
    }

    /** From a {@code deploymentConfiguration}. */
    static ShiftRules of(JsonNode configuration) {
        long bake = configuration.path("bakeTimeInMinutes").asLong(0) * MINUTE;
        JsonNode linear = configuration.path("linearConfiguration");
        JsonNode canary = configuration.path("canaryConfiguration");
        double step = linear.path("stepPercent").asDouble(10);
        Map<String, String> hooks = hooks(configuration.path("lifecycleHooks"));
        return switch (configuration.path("strategy").asText()) {
            case "LINEAR" ->
                new ShiftRules(step, step, linear.path("stepBakeTimeInMinutes").asLong(6) * MINUTE, bake, hooks);
            case "CANARY" ->
                new ShiftRules(
                        canary.path("canaryPercent").asDouble(5),
                        100,
                        canary.path("canaryBakeTimeInMinutes").asLong(10) * MINUTE,
                        bake,
                        hooks);
            default -> new ShiftRules(100, 100, 0, bake, hooks);
        };
    }

    private static Map<String, String> hooks(JsonNode configured) {
        Map<String, String> hooks = new TreeMap<>();
        for (JsonNode hook : configured) {
            List<String> stages = Json.texts(hook.path("lifecycleStages"));
            stages.forEach(stage -> hooks.put(stage, hook.path("hookTargetArn").asText("")));
        }
        return hooks;
    }

    /** A first deployment has nothing to shift from, and nothing to run side by side with. */
    ShiftRules alone() {
        return new ShiftRules(100, 100, 0, 0, hooks);
    }

    /** How long a stage lasts at least. */
    long lasts(Shift at, long visible) {
        return switch (at.stage()) {
            case SCALE_UP, CLEAN_UP -> 0;
            case PRODUCTION_TRAFFIC_SHIFT -> at.all() ? visible : Math.max(pause, visible);
            case BAKE_TIME -> Math.max(bake, visible);
            default -> visible;
        };
    }

    /** What comes after a stage that is over. */
    Shift after(Shift at, long now) {
        return switch (at.stage()) {
            case POST_TEST_TRAFFIC_SHIFT -> at.shifted(first, now);
            case PRODUCTION_TRAFFIC_SHIFT ->
                at.all() ? at.to(Stage.POST_PRODUCTION_TRAFFIC_SHIFT, now) : at.shifted(at.production() + step, now);
            case CLEAN_UP -> at;
            default -> at.to(Stage.values()[at.stage().ordinal() + 1], now);
        };
    }
}
