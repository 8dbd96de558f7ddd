package io.github.ecsmaven.sandbox.codedeploy;

import io.github.ecsmaven.sandbox.codedeploy.Deployment.Event;
import io.github.ecsmaven.sandbox.codedeploy.TaskSets.Both;
import io.github.ecsmaven.sandbox.codedeploy.TaskSets.One;
import java.util.Optional;

/**
 * Moves a deployment on by one step, as CodeDeploy's lifecycle of an ECS deployment goes, and says what is to be done with the
 * task sets. Hooks are Lambda functions, which the sandbox does not have: they count as passed. Knows no clock and no ECS.
 */
final class Advance {
    /** CodeDeploy user guide: replacement tasks have an hour to become healthy. */
    static final long PATIENCE = 3_600_000;

    private static final String TOO_LATE =
            "The deployment timed out while waiting for the replacement task set to become"
                    + " healthy. This time out period is 60 minutes.";

    private final Deployment deployment;
    private final Both sets;
    private final long now;

    private Advance(Deployment deployment, Both sets, long now) {
        this.deployment = deployment;
        this.sets = sets;
        this.now = now;
    }

    /** What is to be done with the task sets. */
    enum Command {
        NONE,
        CREATE,
        SWAP,
        END
    }

    static Command run(Deployment deployment, Both sets, long now) {
        Advance step = new Advance(deployment, sets, now);
        return deployment.rollbackOf.isEmpty() ? step.forward() : step.back();
    }

    private Command forward() {
        if (deployment.stop) {
            return stopped("Stopped");
        }
        if (deployment.status.equals("Created")) {
            deployment.status = "InProgress";
            deployment.startedAt = now;
            return Command.NONE;
        }
        Optional<Event> current = deployment.events.stream()
                .filter(event -> !event.status.equals("Succeeded"))
                .findFirst();
        return current.isEmpty() ? terminate() : go(current.get());
    }

    private Command go(Event event) {
        if (event.status.equals("Pending")) {
            if (event.name.equals("BeforeAllowTraffic") && waits()) {
                return Command.NONE;
            }
            event.status = "InProgress";
            event.startedAt = now;
            deployment.updatedAt = now;
            return event.name.equals("Install") ? Command.CREATE : Command.NONE;
        }
        return switch (event.name) {
            case "Install" -> install(event);
            case "AllowTraffic" -> shift(event);
            default -> succeed(event);
        };
    }

    private Command succeed(Event event) {
        event.status = "Succeeded";
        event.endedAt = now;
        deployment.updatedAt = now;
        return Command.NONE;
    }

    private Command install(Event event) {
        if (now - event.startedAt >= PATIENCE) {
            deployment.errorCode = "ECS_UPDATE_ERROR";
            deployment.errorMessage = TOO_LATE;
            deployment.rollBack = deployment.rollsBackOn("DEPLOYMENT_FAILURE");
            return stopped("Failed");
        }
        boolean healthy = sets.of(deployment.id).map(One::steady).orElse(false);
        return healthy ? succeed(event) : Command.NONE;
    }

    private Command shift(Event event) {
        deployment.weight = Traffic.percent(deployment.config, now - event.startedAt);
        if (deployment.weight < 100) {
            return Command.NONE;
        }
        succeed(event);
        return sets.serves(deployment.id) ? Command.NONE : Command.SWAP;
    }

    /** For the approval that a group can ask for. */
    private boolean waits() {
        var ready = deployment.settings.path("blueGreenDeploymentConfiguration").path("deploymentReadyOption");
        long wait = ready.path("waitTimeInMinutes").asLong() * 60_000;
        if (deployment.letOn || !ready.path("actionOnTimeout").asText().equals("STOP_DEPLOYMENT")) {
            deployment.status = "InProgress";
            return false;
        }
        if (!deployment.status.equals("Ready")) {
            deployment.status = "Ready";
            deployment.waitingSince = now;
        } else if (now - deployment.waitingSince >= wait) {
            deployment.stop = true;
        }
        return true;
    }

    private Command terminate() {
        if (!deployment.terminating) {
            deployment.terminating = true;
            deployment.waitingSince = now;
            return Command.NONE;
        }
        long minutes = deployment
                .settings
                .path("blueGreenDeploymentConfiguration")
                .path("terminateBlueInstancesOnDeploymentSuccess")
                .path("terminationWaitTimeInMinutes")
                .asLong();
        if (!deployment.letTerminate && now - deployment.waitingSince < minutes * 60_000) {
            return Command.NONE;
        }
        if (sets.beside().isEmpty()) {
            deployment.end("Succeeded", now);
            return Command.NONE;
        }
        return Command.END;
    }

    /** Without a rollback the traffic stays where it is; tasks that have none are not kept. */
    private Command stopped(String how) {
        deployment.end(how, now);
        boolean idle = !sets.serves(deployment.id) && sets.of(deployment.id).isPresent();
        return idle && !deployment.rollBack ? Command.END : Command.NONE;
    }

    /** The original tasks get the traffic again, then the replacement tasks end. */
    private Command back() {
        if (deployment.status.equals("Created")) {
            deployment.status = "InProgress";
            deployment.startedAt = now;
            return Command.NONE;
        }
        if (sets.serves(deployment.rollbackOf)) {
            if (sets.beside().isEmpty()) {
                deployment.errorCode = "ECS_UPDATE_ERROR";
                deployment.end("Failed", now);
                return Command.NONE;
            }
            return Command.SWAP;
        }
        if (sets.of(deployment.rollbackOf).isPresent()) {
            return Command.END;
        }
        deployment.events.forEach(this::succeed);
        deployment.weight = 100;
        deployment.end("Succeeded", now);
        return Command.NONE;
    }
}
