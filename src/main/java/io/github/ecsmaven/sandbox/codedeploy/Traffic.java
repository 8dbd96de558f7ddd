package io.github.ecsmaven.sandbox.codedeploy;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the predefined deployment configurations of ECS shift traffic. The balancer has no weights: percentages in between are
 * told, and all of the traffic moves with the last of them.
 */
final class Traffic {
    private static final String PREFIX = "CodeDeployDefault.ECS";
    static final String ALL_AT_ONCE = PREFIX + "AllAtOnce";
    private static final Pattern LINEAR = Pattern.compile("Linear(\\d+)PercentEvery(\\d+)Minutes?");
    private static final Pattern CANARY = Pattern.compile("Canary(\\d+)Percent(\\d+)Minutes?");
    private static final double ALL = 100;

    private Traffic() {}

    static boolean isKnown(String config) {
        return config.equals(ALL_AT_ONCE)
                || steps(LINEAR, config).isPresent()
                || steps(CANARY, config).isPresent();
    }

    /** @param elapsed milliseconds since the traffic began to be shifted */
    static double percent(String config, long elapsed) {
        Optional<Matcher> linear = steps(LINEAR, config);
        if (linear.isPresent()) {
            return Math.min(ALL, percent(linear.get()) * (1 + elapsed / millis(linear.get())));
        }
        return steps(CANARY, config)
                .filter(canary -> elapsed < millis(canary))
                .map(Traffic::percent)
                .orElse(ALL);
    }

    private static Optional<Matcher> steps(Pattern pattern, String config) {
        Matcher matcher = pattern.matcher(config.startsWith(PREFIX) ? config.substring(PREFIX.length()) : config);
        return matcher.matches() ? Optional.of(matcher) : Optional.empty();
    }

    private static double percent(Matcher steps) {
        return Integer.parseInt(steps.group(1));
    }

    private static long millis(Matcher steps) {
        return Long.parseLong(steps.group(2)) * 60_000;
    }
}
