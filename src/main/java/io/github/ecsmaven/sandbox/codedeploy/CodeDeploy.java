package io.github.ecsmaven.sandbox.codedeploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.codedeploy.Advance.Command;
import io.github.ecsmaven.sandbox.codedeploy.TaskSets.Both;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import io.github.ecsmaven.sandbox.wire.Json;
import io.github.ecsmaven.sandbox.wire.JsonService;
import io.github.ecsmaven.sandbox.wire.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** AWS CodeDeploy in the sandbox, put together: its API, and the deployments that move on beside it, five times a second. */
public final class CodeDeploy implements JsonService, Part {
    private static final Logger LOG = Logger.getLogger(CodeDeploy.class.getName());
    private static final long PACE = 200;

    private final Path file;
    private final TaskSets sets;
    private final Clock clock;
    private final Records records;
    private byte[] saved = {};
    private final Map<String, Handler> handlers = new HashMap<>();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "codedeploy");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param home of the sandbox; the state is in {@code codedeploy}
     * @param sets of the services
     */
    public CodeDeploy(Path home, TaskSets sets, Clock clock) {
        this.file = home.resolve("codedeploy").resolve("state.json");
        this.sets = sets;
        this.clock = clock;
        this.records = read(file);
        new GroupActions(records, clock).addTo(handlers);
        new DeploymentActions(records, sets, clock).addTo(handlers);
    }

    private static Records read(Path file) {
        try {
            return Files.exists(file) ? Json.read(file, Records.class) : new Records();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** Begins to move deployments on. */
    public CodeDeploy start() {
        ticker.scheduleWithFixedDelay(this::safeTick, PACE, PACE, TimeUnit.MILLISECONDS);
        return this;
    }

    @Override
    public String targetPrefix() {
        return "CodeDeploy_20141006";
    }

    @Override
    public synchronized ObjectNode handle(String action, ObjectNode request, Caller caller) {
        Handler handler = handlers.get(action);
        if (handler == null) {
            throw AwsError.unknownAction("CodeDeploy", action);
        }
        ObjectNode answer = handler.handle(request, caller).deepCopy();
        if (!action.startsWith("Get") && !action.startsWith("List") && !action.startsWith("BatchGet")) {
            save();
        }
        return answer;
    }

    /** One bad step must not end the work for good. */
    private void safeTick() {
        try {
            tick();
        } catch (RuntimeException | LinkageError error) {
            LOG.log(Level.WARNING, "The deployments could not be moved on; trying again.", error);
        }
    }

    /** Moves each deployment on by one step; {@link #start} has it called all the time. */
    public synchronized void tick() {
        List<Deployment> active = records.deployments.values().stream()
                .filter(Deployment::underWay)
                .toList();
        active.forEach(this::move);
        if (!active.isEmpty()) {
            save();
        }
    }

    /** Most steps only wait. */
    private void save() {
        byte[] bytes = Json.bytes(Json.tree(records));
        if (!Arrays.equals(bytes, saved)) {
            Json.write(file, records);
            saved = bytes;
        }
    }

    private void move(Deployment deployment) {
        Optional<Both> both = sets.find(deployment.serviceArn);
        if (both.isEmpty()) {
            deployment.errorCode = "INVALID_ECS_SERVICE";
            deployment.errorMessage = "The ECS service is not there any more.";
            deployment.end("Failed", clock.millis());
            return;
        }
        try {
            carryOut(Advance.run(deployment, both.get(), clock.millis()), deployment, both.get());
        } catch (AwsError refused) {
            deployment.errorCode = "ECS_UPDATE_ERROR";
            deployment.errorMessage = "The ECS service cannot be updated due to an unexpected error: " + refused.text();
            deployment.end("Failed", clock.millis());
        }
        if (!deployment.underWay() && deployment.rollBack) {
            Deployment back = DeploymentFactory.rollback(deployment, clock.millis());
            deployment.rollbackId = back.id;
            records.deployments.put(back.id, back);
        }
    }

    private void carryOut(Command command, Deployment deployment, Both both) {
        switch (command) {
            case CREATE ->
                sets.create(
                        deployment.serviceArn,
                        deployment.taskDefinition,
                        deployment.id,
                        balancer(deployment, both),
                        new Caller(deployment.account, deployment.region));
            case SWAP -> {
                sets.swap(deployment.serviceArn);
                Optional.ofNullable(records.deployments.get(deployment.rollbackOf))
                        .ifPresent(original -> original.weight = 0);
            }
            case END -> sets.end(deployment.serviceArn);
            case NONE -> {
                // the next step comes
            }
        }
    }

    /** The other target group of the pair; without one the tasks go without. */
    private static Optional<JsonNode> balancer(Deployment deployment, Both both) {
        String used = both.production().targetGroup();
        if (used.isEmpty()) {
            return Optional.empty();
        }
        String name = used.split("/")[1];
        ReadAppSpec spec = ReadAppSpec.of(deployment.content);
        for (JsonNode group : deployment
                .settings
                .path("loadBalancerInfo")
                .path("targetGroupPairInfoList")
                .path(0)
                .path("targetGroups")) {
            String other = group.path("name").asText();
            if (!other.equals(name)) {
                return Optional.of(spec.balancer(used.replace("/" + name + "/", "/" + other + "/")));
            }
        }
        return Optional.of(spec.balancer(used));
    }

    @Override
    public synchronized boolean busy() {
        return records.deployments.values().stream().anyMatch(Deployment::underWay);
    }

    /** Waits for the step that is under way: it would write the state again. */
    @Override
    public synchronized void stop(boolean forget) {
        close();
        try {
            if (forget) {
                Files.deleteIfExists(file);
            }
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }
}
