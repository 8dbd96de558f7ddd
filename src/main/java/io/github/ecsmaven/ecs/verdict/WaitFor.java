package io.github.ecsmaven.ecs.verdict;

/** {@code ecs.waitFor} */
public enum WaitFor {
    /** ECS has completed the deployment: bake time is over, the old tasks are gone. */
    complete,
    /** All production traffic is on the new tasks; ECS may still roll back. */
    traffic
}
