package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How a service may be rolled.
 *
 * @param minimumHealthyPercent of the desired count, rounded up
 * @param maximumPercent of the desired count, rounded down
 * @param breaker the circuit breaker is on
 * @param rollback it goes back to the last good deployment
 */
record DeploymentRules(int minimumHealthyPercent, int maximumPercent, boolean breaker, boolean rollback) {
    private static final int LEAST_THRESHOLD = 3;
    private static final int MOST_THRESHOLD = 200;

    /** From a {@code deploymentConfiguration}; with ECS's defaults for REPLICA services. */
    static DeploymentRules of(JsonNode configuration) {
        JsonNode breaker = configuration.path("deploymentCircuitBreaker");
        return new DeploymentRules(
                configuration.path("minimumHealthyPercent").asInt(100),
                configuration.path("maximumPercent").asInt(200),
                breaker.path("enable").asBoolean(),
                breaker.path("rollback").asBoolean());
    }

    /** How many tasks must stay healthy. */
    int least(int desired) {
        return (desired * minimumHealthyPercent + 99) / 100;
    }

    /** How many tasks may be there at once. */
    int most(int desired) {
        return desired * maximumPercent / 100;
    }

    /** Failures in a row that fail a deployment: half of the desired count, at least 3, at most 200. */
    static int threshold(int desired) {
        return Math.min(MOST_THRESHOLD, Math.max(LEAST_THRESHOLD, (desired + 1) / 2));
    }
}
