package io.github.ecsmaven.ecs.verdict;

import java.util.List;

/**
 * What is asked once when a rollout has failed, beside what the watch saw.
 *
 * @param logs the ends of the failed containers' logs
 * @param targets that the load balancers of the service call unhealthy
 * @param ended what ECS's history says about the end: {@code ECS's circuit breaker fired: 3 failed tasks, 3 are its limit}
 * @param winner of a superseded rollout: what it runs and who registered it
 */
public record Details(List<LogTail> logs, List<Target> targets, List<String> ended, List<String> winner) {
    public static final Details NONE = new Details(List.of(), List.of(), List.of(), List.of());

    public Details {
        logs = List.copyOf(logs);
        targets = List.copyOf(targets);
        ended = List.copyOf(ended);
        winner = List.copyOf(winner);
    }

    /**
     * The end of a container's log.
     *
     * @param task id
     * @param lines the oldest first; empty when there are none
     * @param instead why there are no lines; empty when there are some
     */
    public record LogTail(String container, String task, List<String> lines, String instead) {
        public LogTail {
            lines = List.copyOf(lines);
        }
    }

    /**
     * A target that is not healthy, as in DescribeTargetHealth.
     *
     * @param group name of the target group
     * @param target {@code 10.0.1.7:8080}
     * @param reason {@code Target.Timeout: Request timed out}
     */
    public record Target(String group, String target, String state, String reason) {}
}
