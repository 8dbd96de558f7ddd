package io.github.ecsmaven.ecs.verdict;

import io.github.ecsmaven.ecs.verdict.DeploymentSeen.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Says in one line where a deployment by CodeDeploy stands: {@code new 2/2 healthy     old 2/2, AllowTraffic, 10 % on new}. */
public final class DeploymentLine {
    private DeploymentLine() {}

    static String of(DeploymentSeen deployment, Observation seen, Expected expected, Instant now) {
        return StateLine.of(seen, expected) + ", " + words(deployment, now);
    }

    private static String words(DeploymentSeen deployment, Instant now) {
        if (!deployment.underWay()) {
            return deployment.status().toLowerCase(Locale.ROOT)
                    + (deployment.error().isEmpty() ? "" : " (" + deployment.error() + ")");
        }
        if (deployment.status().equals("Ready")) {
            return "waits to be let on (aws deploy continue-deployment --deployment-id " + deployment.id()
                    + " --deployment-wait-type READY_WAIT)";
        }
        if (deployment.trafficDone()) {
            Duration left = Remaining.of(deployment.keeps(now));
            return "all traffic on new, the old tasks "
                    + (left.isZero() ? "end" : "are kept for " + Remaining.words(left));
        }
        return step(deployment) + traffic(deployment);
    }

    private static String step(DeploymentSeen deployment) {
        List<Step> steps = deployment.target().steps();
        String after = "";
        for (Step step : steps) {
            if (step.status().equals("InProgress")) {
                return step.name();
            }
            if (step.succeeded()) {
                after = "after " + step.name();
            }
        }
        return after.isEmpty() ? "CodeDeploy: " + deployment.status() : after;
    }

    private static String traffic(DeploymentSeen deployment) {
        return deployment
                .target()
                .traffic()
                .filter(percent -> percent > 0)
                .map(percent -> String.format(Locale.ROOT, ", %.0f %% of the traffic on new", percent))
                .orElse("");
    }
}
