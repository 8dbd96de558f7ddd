package io.github.ecsmaven.sandbox.ecs;

/**
 * A task as the scheduler sees it.
 *
 * @param id of the task, 32 hex digits
 * @param deployment id of the deployment that started it
 * @param phase how far it is
 * @param news what happened to it since the scheduler looked last
 * @param reason of the news, when it is a bad one
 * @param detail what the service's event says of it; empty: the reason
 */
record TaskView(String id, String deployment, Phase phase, News news, String reason, String detail) {
    /** How far a task is in its life. */
    enum Phase {
        /** Wanted, not running yet. */
        PENDING,
        /** Running, not yet known to serve. */
        STARTED,
        /** Running and serving. */
        HEALTHY,
        /** Out of the balancer's rotation, finishing its requests. */
        DRAINING,
        /** It has ended or is about to. */
        GONE
    }

    /** What the scheduler has not heard of before. */
    enum News {
        NONE,
        /** It serves, for the first time. */
        WELL,
        /** It could not be started. */
        NOT_STARTED,
        /** An essential container has ended by itself. */
        EXITED,
        /** It runs but does not serve: the scheduler shall replace it. */
        UNHEALTHY
    }

    boolean alive() {
        return phase == Phase.PENDING || phase == Phase.STARTED || phase == Phase.HEALTHY;
    }

    boolean failed() {
        return news == News.NOT_STARTED || news == News.EXITED || news == News.UNHEALTHY;
    }
}
