package io.github.ecsmaven.sandbox.codedeploy;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A deployment. It changes all the time, so it is no record; guarded by {@link CodeDeploy}'s lock. Times are epoch
 * milliseconds; 0: not yet.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
final class Deployment {
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed", "Stopped");

    String id = "";
    String application = "";
    String group = "";
    String config = "";
    String creator = "user";
    String description = "";
    String account = "";
    String region = "";
    String serviceArn = "";
    /** ARN that it brings; empty for a rollback, which brings none. */
    String taskDefinition = "";

    String sha256 = "";
    String content = "";
    String status = "Created";
    String errorCode = "";
    String errorMessage = "";
    long createdAt;
    long startedAt;
    long completedAt;
    long updatedAt;
    List<Event> events = new ArrayList<>();
    /** Percent of the production traffic that its task set has. */
    double weight;
    /** Members of its group as they were: rollback, blue/green, load balancer, style. */
    ObjectNode settings = JsonNodeFactory.instance.objectNode();

    /** ContinueDeployment was called for this wait. */
    boolean letOn;

    boolean letTerminate;
    long waitingSince;
    /** The wait before the original tasks end has begun. */
    boolean terminating;

    /** StopDeployment was called. */
    boolean stop;

    /** And it, or a failure, asks for a rollback. */
    boolean rollBack;

    /** Id of the deployment that rolls it back. */
    String rollbackId = "";
    /** Id of the deployment that it rolls back. */
    String rollbackOf = "";

    /** A lifecycle event. */
    @JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
    static final class Event {
        String name = "";
        String status = "Pending";
        long startedAt;
        long endedAt;

        static Event of(String name) {
            Event event = new Event();
            event.name = name;
            return event;
        }
    }

    @JsonIgnore
    boolean underWay() {
        return !ENDED.contains(status);
    }

    /** Whether its group asks for a rollback in such a case. */
    boolean rollsBackOn(String event) {
        return settings.path("autoRollbackConfiguration")
                .path("events")
                .toString()
                .contains(event);
    }

    void end(String how, long now) {
        status = how;
        completedAt = now;
        updatedAt = now;
        events.stream().filter(event -> event.status.equals("InProgress")).forEach(event -> {
            event.status = "Failed";
            event.endedAt = now;
        });
        events.stream().filter(event -> event.status.equals("Pending")).forEach(event -> event.status = "Skipped");
    }
}
