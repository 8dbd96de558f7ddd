package io.github.ecsmaven.ecs;

import io.github.ecsmaven.ecs.verdict.Arns;
import io.github.ecsmaven.ecs.verdict.Expected;
import java.util.Optional;

/** What is told of a rollout when Maven is ended while it watches: who deploys goes on without it. */
final class IfInterrupted {
    private IfInterrupted() {}

    /** {@code Interrupted: deployment ecs-svc/1 of orders goes on in ECS; mvn ecs:rollback … brings revision 17 back, …}. */
    static String underWay(Expected expected, RolloutRequest.Mode mode, boolean sandbox) {
        // A restart is begun anew by each build.
        String again = mode == RolloutRequest.Mode.restart
                ? "the same build run again restarts once more."
                : "the same build run again follows it.";
        return "Interrupted: deployment " + expected.deploymentId() + " of " + expected.service() + " goes on in "
                + expected.deployer() + "; "
                + back(expected)
                        .map(good -> command(expected, good, sandbox) + " brings " + Arns.revision(good) + " back, ")
                        .orElse("")
                + again;
    }

    /** While the service is brought back onto an earlier version. */
    static String goingBack(Expected expected, String good) {
        return "Interrupted: " + expected.deployer() + " goes on bringing " + expected.service() + " in "
                + expected.cluster() + " back to " + Arns.revision(good) + "; nobody looks how that ends.";
    }

    private static Optional<String> back(Expected expected) {
        return expected.good().filter(good -> !good.equals(expected.taskDefinition()));
    }

    /** With all names: a module of a reactor would else answer for others, and the last good one may have changed. */
    static String command(Expected expected, String good, boolean sandbox) {
        return "mvn ecs:rollback" + (sandbox ? " -Decs.sandbox" : "") + " -Decs.cluster=" + expected.cluster()
                + " -Decs.service=" + expected.service() + " -Decs.to=" + Arns.name(good);
    }
}
