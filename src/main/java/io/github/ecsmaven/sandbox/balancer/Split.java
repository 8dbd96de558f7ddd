package io.github.ecsmaven.sandbox.balancer;

import java.util.Set;

/**
 * How requests are divided while one version takes over from another.
 *
 * @param tasks that take over
 * @param percent of the requests that they get; the other tasks get the rest
 */
public record Split(Set<String> tasks, double percent) {
    public Split {
        tasks = Set.copyOf(tasks);
    }
}
