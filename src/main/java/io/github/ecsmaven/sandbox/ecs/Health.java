package io.github.ecsmaven.sandbox.ecs;

import java.util.List;

/** Whether a task of a service counts as serving. Pure. */
enum Health {
    /** It serves. */
    WELL,
    /** Not yet known. */
    WAITING,
    /** A container health check says no. */
    BAD_CHECK,
    /** Its port has not answered for too long. */
    BAD_PORT;

    /** ECS counts a task without any check as healthy some time after its start; here sooner. */
    static final long WITHOUT_CHECK = 1_500;

    /** An application that binds its port and dies at once does not count: the port has to go on answering. */
    static final long STEADY = 300;

    /** A port that never answers is a failure, as with a load balancer's health check. */
    static final long LEAST_GRACE = 60_000;

    /**
     * @param checks {@code starting}, {@code healthy} or {@code unhealthy}, one a container with a health check
     * @param hasPort requests go to this task
     * @param answers its port has been answering for {@link #STEADY} milliseconds
     * @param age milliseconds since its start
     * @param grace {@code healthCheckGracePeriodSeconds} in milliseconds
     */
    static Health judge(List<String> checks, boolean hasPort, boolean answers, long age, long grace) {
        if (checks.contains("unhealthy") && age >= grace) {
            return BAD_CHECK;
        }
        if (hasPort && !answers) {
            return age >= Math.max(LEAST_GRACE, grace) ? BAD_PORT : WAITING;
        }
        if (!checks.isEmpty()) {
            return checks.stream().allMatch("healthy"::equals) ? WELL : WAITING;
        }
        return hasPort || age >= WITHOUT_CHECK ? WELL : WAITING;
    }
}
