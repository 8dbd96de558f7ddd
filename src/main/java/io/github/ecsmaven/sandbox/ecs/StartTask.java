package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.ecr.StoredImages;
import io.github.ecsmaven.sandbox.engine.DockerEngine;
import io.github.ecsmaven.sandbox.engine.EngineError;
import io.github.ecsmaven.sandbox.engine.RunnableImages;
import io.github.ecsmaven.sandbox.engine.RunnableImages.RunnableImage;
import io.github.ecsmaven.sandbox.wire.AwsError;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** Brings one task up: images, then containers. What it learns goes into the task, under the store's lock. */
final class StartTask {
    /** Why a task can't start: goes into {@code stoppedReason} and the container's {@code reason}. */
    private static final class NotStarted extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient TaskContainer container;

        NotStarted(TaskContainer container, String reason) {
            super(reason);
            this.container = container;
        }
    }

    private final Store store;
    private final DockerEngine engine;
    private final RunnableImages images;
    private final Labels labels;
    private final Clock clock;

    StartTask(Store store, DockerEngine engine, RunnableImages images, Labels labels, Clock clock) {
        this.store = store;
        this.engine = engine;
        this.images = images;
        this.labels = labels;
        this.clock = clock;
    }

    void run(Task task) {
        try {
            Map<TaskContainer, String> found = pull(task);
            start(task, found);
            synchronized (store) {
                task.startedAt = clock.millis();
                task.lastStatus = "RUNNING";
            }
        } catch (NotStarted refused) {
            fail(task, refused);
        }
    }

    private void fail(Task task, NotStarted refused) {
        synchronized (store) {
            String reason = String.valueOf(refused.getMessage());
            refused.container.reason = reason;
            task.lastStatus = "DEPROVISIONING";
            if (task.wanted()) {
                task.news = TaskView.News.NOT_STARTED;
                task.newsReason = reason;
            }
            task.leave("TaskFailedToStart", reason, clock.millis());
        }
    }

    private Map<TaskContainer, String> pull(Task task) throws NotStarted {
        synchronized (store) {
            task.lastStatus = "PENDING";
            task.pullStartedAt = clock.millis();
        }
        Map<TaskContainer, String> found = new LinkedHashMap<>();
        for (TaskContainer container : task.containers) {
            RunnableImage image = image(task, container);
            found.put(container, image.reference());
            synchronized (store) {
                container.digest = image.digest();
                pin(task, container);
            }
        }
        synchronized (store) {
            task.pullStoppedAt = clock.millis();
        }
        return found;
    }

    private RunnableImage image(Task task, TaskContainer container) throws NotStarted {
        String refusal = "CannotPullContainerError: pull image manifest has been retried 1 time(s): ";
        String missing = refusal + "failed to resolve ref " + container.image + ": not found";
        try {
            return images.find(pinned(task, container))
                    .or(() -> images.find(container.image))
                    .orElseThrow(() -> new NotStarted(container, missing));
        } catch (AwsError refused) {
            boolean there = refused.code().equals(StoredImages.NO_PLATFORM);
            throw new NotStarted(container, there ? refusal + refused.text() : missing);
        } catch (EngineError | UncheckedIOException error) {
            throw new NotStarted(container, "CannotPullContainerError: " + error.getMessage());
        }
    }

    /** All tasks of a revision run the image that its tag meant when the deployment began. ECS, "version consistency". */
    private String pinned(Task task, TaskContainer container) {
        synchronized (store) {
            for (JsonNode image : revisionImages(task)) {
                String digest = image.path("imageDigest").asText("");
                if (image.path("containerName").asText().equals(container.name) && !digest.isEmpty()) {
                    return repository(container.image) + "@" + digest;
                }
            }
        }
        return container.image;
    }

    private static String repository(String image) {
        String name = image.contains("@") ? image.substring(0, image.indexOf('@')) : image;
        int colon = name.lastIndexOf(':');
        return colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
    }

    /** An image that wasn't pushed to the sandbox gets its digest now, when the engine has told it. */
    private void pin(Task task, TaskContainer container) {
        for (JsonNode image : revisionImages(task)) {
            if (image.path("containerName").asText().equals(container.name) && !image.has("imageDigest")) {
                ((ObjectNode) image).put("imageDigest", container.digest);
            }
        }
    }

    private JsonNode revisionImages(Task task) {
        ObjectNode revision = store.revisions().get(task.revision);
        return revision == null ? MissingNode.getInstance() : revision.path("containerImages");
    }

    private void start(Task task, Map<TaskContainer, String> found) throws NotStarted {
        ObjectNode definition;
        synchronized (store) {
            definition = store.taskDefinitions().get(task.taskDefinition);
        }
        if (definition == null) {
            throw new NotStarted(task.containers.get(0), "TaskFailedToStart: the task definition is gone");
        }
        String owner = "";
        for (JsonNode container : ContainerOrder.of(definition)) {
            TaskContainer own = task.container(container.path("name").asText());
            if (own != null) {
                String image = found.getOrDefault(own, own.image);
                String id = create(task, own, definition, container, image, owner);
                owner = owner.isEmpty() ? id : owner;
                begin(own, id);
            }
        }
    }

    private String create(
            Task task, TaskContainer own, JsonNode definition, JsonNode container, String image, String owner)
            throws NotStarted {
        JsonNode overrides = overrides(task, own.name);
        Map<String, String> all = labels.of(task, own.name);
        ObjectNode body = ContainerBody.of(definition, container, overrides, image, owner, all);
        String name = "ecs-sandbox-" + task.id.substring(0, 12) + "-" + own.name;
        try {
            String id = engine.create(name, body);
            synchronized (store) {
                own.runtimeId = id;
            }
            return id;
        } catch (EngineError error) {
            throw new NotStarted(own, "CannotCreateContainerError: " + said(error));
        }
    }

    private static JsonNode overrides(Task task, String container) {
        for (JsonNode one : task.settings.path("overrides").path("containerOverrides")) {
            if (one.path("name").asText().equals(container)) {
                return one;
            }
        }
        return MissingNode.getInstance();
    }

    private void begin(TaskContainer own, String id) throws NotStarted {
        try {
            engine.start(id);
        } catch (EngineError error) {
            throw new NotStarted(
                    own,
                    "CannotStartContainerError: ResourceInitializationError: failed to create new container runtime"
                            + " task: " + error.text());
        }
        synchronized (store) {
            own.lastStatus = "RUNNING";
        }
    }

    private static String said(EngineError error) {
        return error.status() == 0 ? error.text() : "API error (" + error.status() + "): " + error.text();
    }
}
