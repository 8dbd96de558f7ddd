package io.github.ecsmaven.sandbox.codedeploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import io.github.ecsmaven.sandbox.wire.Json;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/** Applications and deployment groups. */
final class GroupActions {
    private final Records records;
    private final Clock clock;

    GroupActions(Records records, Clock clock) {
        this.records = records;
        this.clock = clock;
    }

    void addTo(Map<String, Handler> handlers) {
        handlers.put("CreateApplication", this::createApplication);
        handlers.put("GetApplication", this::getApplication);
        handlers.put(
                "ListApplications",
                (request, caller) ->
                        list("applications", records.applications, "applicationName", Records.key(caller, "")));
        handlers.put("DeleteApplication", this::deleteApplication);
        handlers.put("CreateDeploymentGroup", this::createGroup);
        handlers.put("GetDeploymentGroup", this::getGroup);
        handlers.put("BatchGetDeploymentGroups", this::getGroups);
        handlers.put("ListDeploymentGroups", this::listGroups);
        handlers.put("DeleteDeploymentGroup", this::deleteGroup);
    }

    private ObjectNode createApplication(ObjectNode request, Caller caller) {
        String name = application(request);
        if (!request.path("computePlatform").asText("").equals("ECS")) {
            throw new AwsError("InvalidComputePlatformException", 400, "The sandbox's CodeDeploy deploys to ECS only.");
        }
        ObjectNode info = Json.object().put("applicationId", UUID.randomUUID().toString());
        info.put("applicationName", name);
        Render.time(info, "createTime", clock.millis());
        info.put("linkedToGitHub", false).put("computePlatform", "ECS");
        if (records.applications.putIfAbsent(Records.key(caller, name), info) != null) {
            throw new AwsError(
                    "ApplicationAlreadyExistsException", 400, "Application already exists with name: " + name);
        }
        ObjectNode answer = Json.object();
        answer.set("applicationId", info.path("applicationId"));
        return answer;
    }

    private ObjectNode getApplication(ObjectNode request, Caller caller) {
        ObjectNode answer = Json.object();
        answer.set("application", records.application(caller, application(request)));
        return answer;
    }

    private ObjectNode deleteApplication(ObjectNode request, Caller caller) {
        String key = Records.key(caller, application(request));
        records.applications.remove(key);
        records.groups.keySet().removeIf(group -> group.startsWith(key + "/"));
        return Json.object();
    }

    private ObjectNode createGroup(ObjectNode request, Caller caller) {
        String application = application(request);
        records.application(caller, application);
        String name = group(request);
        ObjectNode info = request.deepCopy();
        info.remove("tags");
        info.put("deploymentGroupId", UUID.randomUUID().toString()).put("computePlatform", "ECS");
        String config = request.path("deploymentConfigName").asText(Traffic.ALL_AT_ONCE);
        if (!Traffic.isKnown(config)) {
            throw new AwsError(
                    "DeploymentConfigDoesNotExistException",
                    400,
                    "No deployment configuration found for name: " + config);
        }
        info.put("deploymentConfigName", config);
        if (request.path("ecsServices").size() != 1) {
            throw new AwsError("InvalidECSServiceException", 400, "Exactly one Amazon ECS service must be given.");
        }
        if (records.groups.putIfAbsent(Records.key(caller, application, name), info) != null) {
            throw new AwsError(
                    "DeploymentGroupAlreadyExistsException", 400, "Deployment group already exists with name: " + name);
        }
        ObjectNode answer = Json.object();
        answer.set("deploymentGroupId", info.path("deploymentGroupId"));
        return answer;
    }

    private ObjectNode getGroup(ObjectNode request, Caller caller) {
        ObjectNode answer = Json.object();
        answer.set("deploymentGroupInfo", info(application(request), group(request), caller));
        return answer;
    }

    private ObjectNode info(String application, String group, Caller caller) {
        ObjectNode info = records.group(caller, application, group).deepCopy();
        var all = records.of(caller, application, group);
        all.stream().findFirst().ifPresent(last -> info.set("lastAttemptedDeployment", last(last)));
        all.stream()
                .filter(one -> one.status.equals("Succeeded"))
                .findFirst()
                .ifPresent(good -> info.set("lastSuccessfulDeployment", last(good)));
        return info;
    }

    private static ObjectNode last(Deployment one) {
        ObjectNode to = Json.object().put("deploymentId", one.id).put("status", one.status);
        Render.time(to, "endTime", one.completedAt);
        Render.time(to, "createTime", one.createdAt);
        return to;
    }

    private ObjectNode getGroups(ObjectNode request, Caller caller) {
        String application = application(request);
        ObjectNode answer = Json.object();
        ArrayNode found = answer.putArray("deploymentGroupsInfo");
        for (JsonNode name : request.path("deploymentGroupNames")) {
            found.add(info(application, name.asText(), caller));
        }
        return answer;
    }

    private ObjectNode listGroups(ObjectNode request, Caller caller) {
        String application = application(request);
        records.application(caller, application);
        return list("deploymentGroups", records.groups, "deploymentGroupName", Records.key(caller, application, ""))
                .put("applicationName", application);
    }

    private ObjectNode deleteGroup(ObjectNode request, Caller caller) {
        records.groups.remove(Records.key(caller, application(request), group(request)));
        ObjectNode answer = Json.object();
        answer.putArray("hooksNotCleanedUp");
        return answer;
    }

    private static ObjectNode list(String member, Map<String, ObjectNode> from, String name, String prefix) {
        ObjectNode answer = Json.object();
        ArrayNode names = answer.putArray(member);
        from.forEach((key, info) -> {
            if (key.startsWith(prefix)) {
                names.add(info.path(name).asText());
            }
        });
        return answer;
    }

    static String application(ObjectNode request) {
        String name = request.path("applicationName").asText("");
        if (name.isEmpty()) {
            throw new AwsError("ApplicationNameRequiredException", 400, "Application name is missing");
        }
        return name;
    }

    static String group(ObjectNode request) {
        String name = request.path("deploymentGroupName").asText("");
        if (name.isEmpty()) {
            throw new AwsError("DeploymentGroupNameRequiredException", 400, "Deployment Group name is missing");
        }
        return name;
    }
}
