package io.github.ecsmaven.sandbox.codedeploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import io.github.ecsmaven.sandbox.wire.Json;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Deployments: begun, shown, stopped, let on. */
final class DeploymentActions {
    private static final List<String> SETTINGS = List.of(
            "autoRollbackConfiguration", "deploymentStyle", "blueGreenDeploymentConfiguration", "loadBalancerInfo");

    private final Records records;
    private final TaskSets sets;
    private final Clock clock;

    DeploymentActions(Records records, TaskSets sets, Clock clock) {
        this.records = records;
        this.sets = sets;
        this.clock = clock;
    }

    void addTo(Map<String, Handler> handlers) {
        handlers.put("CreateDeployment", this::create);
        handlers.put("GetDeployment", this::get);
        handlers.put("BatchGetDeployments", this::getAll);
        handlers.put("ListDeployments", this::list);
        handlers.put("StopDeployment", this::stop);
        handlers.put("ContinueDeployment", this::letOn);
        handlers.put("ListDeploymentTargets", this::listTargets);
        handlers.put("GetDeploymentTarget", this::getTarget);
        handlers.put("BatchGetDeploymentTargets", this::getTargets);
        handlers.put("GetApplicationRevision", this::revision);
    }

    private ObjectNode create(ObjectNode request, Caller caller) {
        String application = GroupActions.application(request);
        String name = GroupActions.group(request);
        ObjectNode group = records.group(caller, application, name);
        JsonNode given = request.path("revision").path("appSpecContent");
        if (!request.path("revision").path("revisionType").asText().equals("AppSpecContent")) {
            throw new AwsError("RevisionRequiredException", 400, "The sandbox takes an AppSpec as content only.");
        }
        ReadAppSpec spec = ReadAppSpec.of(given.path("content").asText());
        records.of(caller, application, name).stream()
                .filter(Deployment::underWay)
                .findFirst()
                .ifPresent(active -> {
                    throw new AwsError(
                            "DeploymentLimitExceededException",
                            400,
                            "The Deployment Group '" + name + "' already has an active Deployment '" + active.id + "'");
                });
        Deployment fresh =
                DeploymentFactory.of(request, group, spec, serviceArn(group, caller), caller, clock.millis());
        records.deployments.put(fresh.id, fresh);
        return Json.object().put("deploymentId", fresh.id);
    }

    private String serviceArn(ObjectNode group, Caller caller) {
        JsonNode service = group.path("ecsServices").path(0);
        String arn = caller.arn(
                "ecs",
                "service/" + last(service.path("clusterName").asText()) + "/"
                        + last(service.path("serviceName").asText()));
        if (sets.find(arn).isEmpty()) {
            throw new AwsError(
                    "InvalidECSServiceException", 400, "There is no such ECS service that CodeDeploy deploys: " + arn);
        }
        return arn;
    }

    private static String last(String nameOrArn) {
        return nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
    }

    private Deployment find(ObjectNode request, Caller caller) {
        String id = request.path("deploymentId").asText("");
        if (id.isEmpty()) {
            throw new AwsError("DeploymentIdRequiredException", 400, "Deployment Id is missing");
        }
        return records.deployment(caller, id);
    }

    private ObjectNode get(ObjectNode request, Caller caller) {
        ObjectNode answer = Json.object();
        answer.set("deploymentInfo", Render.deployment(find(request, caller)));
        return answer;
    }

    private ObjectNode getAll(ObjectNode request, Caller caller) {
        ObjectNode answer = Json.object();
        ArrayNode found = answer.putArray("deploymentsInfo");
        for (JsonNode id : request.path("deploymentIds")) {
            found.add(Render.deployment(records.deployment(caller, id.asText())));
        }
        return answer;
    }

    private ObjectNode list(ObjectNode request, Caller caller) {
        Set<String> statuses = new TreeSet<>();
        request.path("includeOnlyStatuses").forEach(status -> statuses.add(status.asText()));
        ObjectNode answer = Json.object();
        ArrayNode ids = answer.putArray("deployments");
        records
                .of(
                        caller,
                        request.path("applicationName").asText(""),
                        request.path("deploymentGroupName").asText(""))
                .stream()
                .filter(one -> statuses.isEmpty() || statuses.contains(one.status))
                .forEach(one -> ids.add(one.id));
        return answer;
    }

    private Deployment underWay(ObjectNode request, Caller caller) {
        Deployment found = find(request, caller);
        if (!found.underWay()) {
            throw new AwsError(
                    "DeploymentAlreadyCompletedException",
                    400,
                    "The deployment " + found.id + " has already completed.");
        }
        return found;
    }

    private ObjectNode stop(ObjectNode request, Caller caller) {
        Deployment found = underWay(request, caller);
        found.stop = true;
        found.rollBack = request.path("autoRollbackEnabled").asBoolean(found.rollsBackOn("DEPLOYMENT_STOP_ON_REQUEST"));
        return Json.object().put("status", "Pending").put("statusMessage", "Stopping the deployment.");
    }

    private ObjectNode letOn(ObjectNode request, Caller caller) {
        Deployment found = underWay(request, caller);
        if (request.path("deploymentWaitType").asText("READY_WAIT").equals("TERMINATION_WAIT")) {
            found.letTerminate = true;
        } else if (found.status.equals("Ready")) {
            found.letOn = true;
        } else {
            throw new AwsError(
                    "DeploymentIsNotInReadyStateException", 400, "The deployment " + found.id + " is not ready.");
        }
        return Json.object();
    }

    private ObjectNode listTargets(ObjectNode request, Caller caller) {
        ObjectNode answer = Json.object();
        answer.putArray("targetIds").add(Render.targetId(started(request, caller)));
        return answer;
    }

    private Deployment started(ObjectNode request, Caller caller) {
        Deployment found = find(request, caller);
        if (found.startedAt == 0) {
            throw new AwsError(
                    "DeploymentNotStartedException", 400, "The deployment " + found.id + " has not started yet.");
        }
        return found;
    }

    private ObjectNode getTarget(ObjectNode request, Caller caller) {
        Deployment found = started(request, caller);
        ObjectNode answer = Json.object();
        answer.set("deploymentTarget", target(found, request.path("targetId").asText()));
        return answer;
    }

    private ObjectNode getTargets(ObjectNode request, Caller caller) {
        Deployment found = started(request, caller);
        ObjectNode answer = Json.object();
        ArrayNode targets = answer.putArray("deploymentTargets");
        request.path("targetIds").forEach(id -> targets.add(target(found, id.asText())));
        return answer;
    }

    private ObjectNode target(Deployment found, String id) {
        if (!id.equals(Render.targetId(found))) {
            throw new AwsError(
                    "DeploymentTargetDoesNotExistException", 400, "The deployment has no target '" + id + "'.");
        }
        return Render.target(found, sets.find(found.serviceArn));
    }

    private ObjectNode revision(ObjectNode request, Caller caller) {
        String application = GroupActions.application(request);
        String sha256 =
                request.path("revision").path("appSpecContent").path("sha256").asText();
        Optional<Deployment> known = records.of(caller, application, "").stream()
                .filter(one -> one.sha256.equals(sha256))
                .findFirst();
        ObjectNode answer = Json.object().put("applicationName", application);
        ObjectNode revision = Render.revision(known.orElseThrow(
                () -> new AwsError("RevisionDoesNotExistException", 400, "No such revision of " + application + ".")));
        ((ObjectNode) revision.path("appSpecContent")).put("content", known.get().content);
        answer.set("revision", revision);
        return answer;
    }

    static void copySettings(ObjectNode from, ObjectNode to) {
        SETTINGS.stream().filter(from::has).forEach(name -> to.set(name, from.path(name)));
    }
}
