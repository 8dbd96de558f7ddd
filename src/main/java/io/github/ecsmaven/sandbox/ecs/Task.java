package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.ecs.TaskView.News;
import io.github.ecsmaven.sandbox.ecs.TaskView.Phase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task: what DescribeTasks shows of it, and what the scheduler has yet to hear. It changes all the time, so it is no
 * record; guarded by the store's lock. Times are epoch milliseconds; 0: not yet.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
final class Task {
    String id = "";
    String arn = "";
    String clusterArn = "";
    String taskDefinition = "";
    /** ARN of its service; empty: it was started by RunTask. */
    String service = "";

    /** ARN of the service revision; empty: it was started by RunTask. */
    String revision = "";

    String startedBy = "";
    String group = "";
    /** Launch type, platform version, overrides, network: as in the request. */
    ObjectNode settings = JsonNodeFactory.instance.objectNode();

    String lastStatus = "PROVISIONING";
    String desiredStatus = "RUNNING";
    String stopCode = "";
    String stoppedReason = "";
    List<TaskContainer> containers = new ArrayList<>();
    /** It serves, or has served. */
    boolean healthy;
    /** Since when its port has been answering without a break, as long as it is not yet healthy. */
    long answersSince;
    /** Where it serves; empty host: nowhere. */
    String host = "";

    int port;
    /** In its target group: its address or the instance's id, and the port there; empty: in none. */
    String targetId = "";

    int targetPort;
    TargetHealth target = TargetHealth.REGISTERING;
    /** Bad health checks in a row. */
    int badChecks;
    /** Its address in the engine's network; empty: none of its own. */
    String ip = "";

    boolean registered;
    /** Since when its health is known to be bad; 0: it isn't. */
    long unhealthySince;

    long createdAt;
    long pullStartedAt;
    long pullStoppedAt;
    long startedAt;
    long stoppingAt;
    long executionStoppedAt;
    long stoppedAt;
    News news = News.NONE;
    String newsReason = "";
    /** What the service's event says of it, when that is more than the reason. */
    String newsDetail = "";

    @JsonIgnore
    boolean stopped() {
        return lastStatus.equals("STOPPED");
    }

    @JsonIgnore
    boolean running() {
        return lastStatus.equals("RUNNING");
    }

    /** Nobody has asked it to stop, and it has not ended by itself. */
    @JsonIgnore
    boolean wanted() {
        return desiredStatus.equals("RUNNING");
    }

    @JsonIgnore
    boolean pending() {
        return lastStatus.equals("PROVISIONING") || lastStatus.equals("PENDING");
    }

    /** Why it is on its way out; the first reason stays. */
    void leave(String code, String why, long now) {
        if (wanted()) {
            desiredStatus = "STOPPED";
            stopCode = code;
            stoppedReason = why;
            stoppingAt = now;
        }
    }

    TaskView view() {
        return new TaskView(id, startedBy, phase(), news, newsReason, newsDetail);
    }

    private Phase phase() {
        if (lastStatus.equals("DEACTIVATING")) {
            return Phase.DRAINING;
        }
        if (!wanted()) {
            return Phase.GONE;
        }
        if (!running()) {
            return Phase.PENDING;
        }
        return healthy ? Phase.HEALTHY : Phase.STARTED;
    }

    @Nullable TaskContainer container(String name) {
        return containers.stream()
                .filter(one -> one.name.equals(name))
                .findFirst()
                .orElse(null);
    }
}
