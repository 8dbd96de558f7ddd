package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Digest;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.definition.TaskChanges;
import io.github.ecsmaven.ecs.definition.Wanted;
import io.github.ecsmaven.ecs.verdict.Expected;
import io.github.ecsmaven.ecs.verdict.WaitFor;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A service to bring onto an image.
 *
 * @param cluster name or ARN
 * @param service name
 * @param image {@code registry/repository@sha256:…}; in restart mode it may name a tag
 * @param digest of that image, which the running tasks have to prove
 * @param platforms digests of the platforms' images when that image is an index: a task runs one of these; else empty
 * @param containerName which container of the task definition; empty: decided by rule
 * @param mode new revision, or restart
 * @param await wait for the outcome
 * @param waitFor what the wait is for
 * @param timeout of the wait
 * @param rollback end on the last good version when it fails
 * @param dryRun say what would change; change nothing
 * @param whenMissing how to create cluster and service when they don't exist (sandbox)
 * @param wanted what the project itself says of the service
 */
public record RolloutRequest(
        String cluster,
        String service,
        String image,
        Digest digest,
        Set<Digest> platforms,
        Optional<String> containerName,
        Mode mode,
        boolean await,
        WaitFor waitFor,
        Duration timeout,
        boolean rollback,
        boolean dryRun,
        Optional<NewService> whenMissing,
        Wanted wanted) {
    /** @throws Problem when ECS takes no such name of a cluster or service */
    public RolloutRequest {
        EcsNames.requireCluster(cluster);
        EcsNames.requireService(service);
        platforms = Set.copyOf(platforms);
    }

    /** @throws Problem when the task definition is to be changed by a restart, which makes none */
    public static void requireTogether(Mode mode, TaskChanges changes) {
        if (mode == Mode.restart && !changes.equals(TaskChanges.NONE)) {
            throw Problem.ofProject(
                    "ecs.mode=restart starts the task definition that the service has, but ecs.taskDefinition.* are to change it.",
                    "use ecs.mode=revision, or remove these properties.");
        }
    }

    /** What the container has to run when all is done. */
    Expected.Image expectedImage() {
        return new Expected.Image(digest, platforms, mode == Mode.revision);
    }

    FindService.Absence absence() {
        if (whenMissing.isPresent()) {
            return FindService.Absence.CREATED_WITH_CLUSTER;
        }
        return wanted.service().isPresent() ? FindService.Absence.CREATED : FindService.Absence.REFUSED;
    }

    /** {@code ecs.mode} */
    public enum Mode {
        /** A new task definition revision, pinned to the digest. */
        revision,
        /** The tag has moved; the service is restarted with {@code forceNewDeployment}. */
        restart
    }

    /** How long a build waits, and for what. */
    public record Wait(WaitFor waitFor, Duration timeout) {}

    /**
     * A service to create on first use.
     *
     * @param port that its container listens on
     * @param memory MiB
     * @param desiredCount how many tasks
     * @param environment of the container
     */
    public record NewService(int port, int memory, int desiredCount, Map<String, String> environment) {
        public NewService {
            environment = Map.copyOf(environment);
        }
    }
}
