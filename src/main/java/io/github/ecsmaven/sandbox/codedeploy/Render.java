package io.github.ecsmaven.sandbox.codedeploy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.codedeploy.TaskSets.Both;
import io.github.ecsmaven.sandbox.codedeploy.TaskSets.One;
import io.github.ecsmaven.sandbox.wire.Json;
import java.time.Instant;
import java.util.Optional;

/** Deployments and their targets in the form of the API's answers. */
final class Render {
    private Render() {}

    static ObjectNode deployment(Deployment one) {
        ObjectNode to = Json.object();
        to.put("applicationName", one.application).put("deploymentGroupName", one.group);
        to.put("deploymentConfigName", one.config).put("deploymentId", one.id);
        to.set("revision", revision(one));
        to.put("status", one.status);
        if (!one.errorCode.isEmpty()) {
            to.putObject("errorInformation").put("code", one.errorCode).put("message", one.errorMessage);
        }
        time(to, "createTime", one.createdAt);
        time(to, "startTime", one.startedAt);
        time(to, "completeTime", one.completedAt);
        overview(one, to.putObject("deploymentOverview"));
        if (!one.description.isEmpty()) {
            to.put("description", one.description);
        }
        to.put("creator", one.creator).put("ignoreApplicationStopFailures", false);
        to.put("updateOutdatedInstancesOnly", false);
        to.put("instanceTerminationWaitTimeStarted", one.terminating);
        one.settings.properties().forEach(member -> to.set(member.getKey(), member.getValue()));
        rollback(one, to);
        to.put("fileExistsBehavior", "DISALLOW").put("computePlatform", "ECS");
        to.putArray("deploymentStatusMessages");
        return to;
    }

    /** The content is not given back: GetApplicationRevision has it (API reference, GetDeployment). */
    static ObjectNode revision(Deployment one) {
        ObjectNode to = Json.object().put("revisionType", "AppSpecContent");
        to.putObject("appSpecContent").put("sha256", one.sha256);
        return to;
    }

    /** Of the one target. */
    private static void overview(Deployment one, ObjectNode to) {
        String where =
                switch (one.status) {
                    case "Created", "Queued" -> "Pending";
                    case "Succeeded" -> "Succeeded";
                    case "Ready" -> "Ready";
                    case "Failed", "Stopped" -> "Failed";
                    default -> "InProgress";
                };
        for (String name : new String[] {"Pending", "InProgress", "Succeeded", "Failed", "Skipped", "Ready"}) {
            to.put(name, name.equals(where) ? 1 : 0);
        }
    }

    private static void rollback(Deployment one, ObjectNode to) {
        if (!one.rollbackId.isEmpty()) {
            to.putObject("rollbackInfo").put("rollbackDeploymentId", one.rollbackId);
        } else if (!one.rollbackOf.isEmpty()) {
            to.putObject("rollbackInfo").put("rollbackTriggeringDeploymentId", one.rollbackOf);
        }
    }

    static ObjectNode target(Deployment one, Optional<Both> sets) {
        ObjectNode whole = Json.object().put("deploymentTargetType", "ECSTarget");
        ObjectNode to = whole.putObject("ecsTarget");
        to.put("deploymentId", one.id).put("targetId", targetId(one)).put("targetArn", one.serviceArn);
        time(to, "lastUpdatedAt", one.updatedAt);
        ArrayNode events = to.putArray("lifecycleEvents");
        one.events.forEach(event -> {
            ObjectNode entry = events.addObject().put("lifecycleEventName", event.name);
            time(entry, "startTime", event.startedAt);
            time(entry, "endTime", event.endedAt);
            entry.put("status", event.status);
        });
        to.put("status", status(one));
        ArrayNode infos = to.putArray("taskSetsInfo");
        sets.ifPresent(both -> {
            infos.add(set(one, both.production()));
            both.beside().ifPresent(beside -> infos.add(set(one, beside)));
        });
        return whole;
    }

    /** {@code cluster:service} */
    static String targetId(Deployment one) {
        String[] parts = one.serviceArn.split("/");
        return parts[1] + ":" + parts[2];
    }

    private static String status(Deployment one) {
        return switch (one.status) {
            case "Created", "Queued" -> "Pending";
            case "Stopped" -> "Failed";
            default -> one.status;
        };
    }

    private static ObjectNode set(Deployment of, One set) {
        boolean fresh = set.deployment().equals(of.id);
        // The model's own spelling.
        ObjectNode to = Json.object().put("identifer", set.id());
        to.put("desiredCount", set.desired()).put("pendingCount", set.pending());
        to.put("runningCount", set.running()).put("status", set.status());
        to.put("trafficWeight", fresh ? of.weight : 100 - of.weight);
        if (!set.targetGroup().isEmpty()) {
            String[] parts = set.targetGroup().split("/");
            to.putObject("targetGroup").put("name", parts.length > 1 ? parts[1] : set.targetGroup());
        }
        return to.put("taskSetLabel", fresh ? "Green" : "Blue");
    }

    static void time(ObjectNode to, String name, long millis) {
        if (millis > 0) {
            to.put(name, Json.time(Instant.ofEpochMilli(millis)));
        }
    }
}
