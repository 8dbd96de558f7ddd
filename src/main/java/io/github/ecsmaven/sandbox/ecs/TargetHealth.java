package io.github.ecsmaven.sandbox.ecs;

import io.github.ecsmaven.sandbox.fault.Fault;

/**
 * A target's health as DescribeTargetHealth tells it; reason and description are empty when it is healthy.
 *
 * @param state {@code initial}, {@code healthy}, {@code unhealthy} or {@code draining}
 */
record TargetHealth(String state, String reason, String description) {
    static final TargetHealth HEALTHY = new TargetHealth("healthy", "", "");
    static final TargetHealth REGISTERING =
            new TargetHealth("initial", "Elb.RegistrationInProgress", "Target registration is in progress");
    static final TargetHealth CHECKING =
            new TargetHealth("initial", "Elb.InitialHealthChecking", "Initial health checks in progress");
    static final TargetHealth DRAINING =
            new TargetHealth("draining", "Target.DeregistrationInProgress", "Target deregistration is in progress");
    static final TargetHealth TIMEOUT = new TargetHealth("unhealthy", "Target.Timeout", "Request timed out");
    static final TargetHealth REFUSED =
            new TargetHealth("unhealthy", "Target.FailedHealthChecks", "Health checks failed");

    static TargetHealth code(int status) {
        return new TargetHealth(
                "unhealthy", "Target.ResponseCodeMismatch", "Health checks failed with these codes: [" + status + "]");
    }

    /** What an ordered fault looks like. */
    static TargetHealth of(Fault.Detail fault) {
        return switch (fault.how()) {
            case "timeout" -> TIMEOUT;
            case "refused" -> REFUSED;
            default -> code(fault.status());
        };
    }

    boolean good() {
        return state.equals("healthy");
    }
}
