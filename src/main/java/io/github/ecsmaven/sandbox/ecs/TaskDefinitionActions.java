package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * RegisterTaskDefinition, DescribeTaskDefinition, ListTaskDefinitions, ListTaskDefinitionFamilies, DeregisterTaskDefinition. What is registered is kept
 * as it came, with what ECS adds to it.
 */
final class TaskDefinitionActions {
    private final Store store;
    private final Names names;
    private final Ticker time;

    TaskDefinitionActions(Store store, Names names, Ticker time) {
        this.store = store;
        this.names = names;
        this.time = time;
    }

    void addTo(Map<String, Handler> handlers) {
        handlers.put("RegisterTaskDefinition", this::register);
        handlers.put("DescribeTaskDefinition", this::describe);
        handlers.put("ListTaskDefinitions", this::list);
        handlers.put("ListTaskDefinitionFamilies", this::families);
        handlers.put("DeregisterTaskDefinition", this::deregister);
    }

    private ObjectNode register(ObjectNode request, Caller caller) {
        TaskDefinitionRules.check(request);
        ObjectNode definition = request.deepCopy();
        Map<String, String> tags = Json.tags(definition.path("tags"));
        definition.remove("tags");
        String family = definition.path("family").asText();
        int revision = nextRevision(family, caller);
        String arn = caller.arn("ecs", "task-definition/" + family + ":" + revision);
        definition.put("taskDefinitionArn", arn).put("revision", revision).put("status", "ACTIVE");
        addDefaults(definition);
        Json.time(definition, "registeredAt", time.millis());
        definition.put("registeredBy", "arn:aws:iam::" + caller.account() + ":root");
        store.taskDefinitions().put(arn, definition);
        store.tags(arn).putAll(tags);
        return answer(definition, !tags.isEmpty());
    }

    private int nextRevision(String family, Caller caller) {
        String prefix = caller.arn("ecs", "task-definition/" + family + ":");
        return 1
                + store.taskDefinitions().keySet().stream()
                        .filter(arn -> arn.startsWith(prefix))
                        .mapToInt(arn -> Integer.parseInt(arn.substring(prefix.length())))
                        .max()
                        .orElse(0);
    }

    private static void addDefaults(ObjectNode definition) {
        for (String list : List.of("volumes", "placementConstraints", "requiresAttributes")) {
            if (!definition.has(list)) {
                definition.putArray(list);
            }
        }
        List<String> wanted = Json.texts(definition.path("requiresCompatibilities"));
        var compatibilities = definition.putArray("compatibilities").add("EC2");
        if (wanted.contains("FARGATE")) {
            compatibilities.add("FARGATE");
        }
        boolean shared = definition.path("networkMode").asText("").equals("awsvpc");
        definition.path("containerDefinitions").forEach(container -> addDefaults((ObjectNode) container, shared));
    }

    private static void addDefaults(ObjectNode container, boolean shared) {
        if (!container.has("cpu")) {
            container.put("cpu", 0);
        }
        if (!container.has("essential")) {
            container.put("essential", true);
        }
        for (String list : List.of("portMappings", "environment", "mountPoints", "volumesFrom", "systemControls")) {
            if (!container.has(list)) {
                container.putArray(list);
            }
        }
        for (JsonNode mapping : container.path("portMappings")) {
            ObjectNode one = (ObjectNode) mapping;
            if (!one.has("hostPort")) {
                one.put("hostPort", shared ? one.path("containerPort").asInt() : 0);
            }
            if (!one.has("protocol")) {
                one.put("protocol", "tcp");
            }
        }
    }

    private ObjectNode describe(ObjectNode request, Caller caller) {
        return answer(known(request, caller), Json.includesTags(request));
    }

    private ObjectNode known(ObjectNode request, Caller caller) {
        return names.taskDefinition(request.path("taskDefinition").asText(""), caller)
                .orElseThrow(() -> new AwsError("ClientException", 400, "Unable to describe task definition."));
    }

    private ObjectNode deregister(ObjectNode request, Caller caller) {
        String given = request.path("taskDefinition").asText("");
        if (!given.substring(given.lastIndexOf('/') + 1).contains(":")) {
            throw Names.invalid("Revision is missing: " + given);
        }
        ObjectNode definition = known(request, caller);
        definition.put("status", "INACTIVE");
        Json.time(definition, "deregisteredAt", time.millis());
        return answer(definition, false);
    }

    private ObjectNode list(ObjectNode request, Caller caller) {
        String family = request.path("familyPrefix").asText("");
        String status = request.path("status").asText("ACTIVE");
        Comparator<ObjectNode> order = Comparator.<ObjectNode, String>comparing(
                        one -> one.path("family").asText())
                .thenComparing(one -> one.path("revision").asInt());
        List<String> arns = new ArrayList<>(store.taskDefinitions().values().stream()
                .filter(one -> one.path("status").asText().equals(status))
                .filter(one -> family.isEmpty() || one.path("family").asText().equals(family))
                .filter(one -> one.path("taskDefinitionArn").asText().startsWith(caller.arn("ecs", "")))
                .sorted(order)
                .map(one -> one.path("taskDefinitionArn").asText())
                .toList());
        if (request.path("sort").asText("ASC").equals("DESC")) {
            Collections.reverse(arns);
        }
        return Json.page(arns, request, "taskDefinitionArns", 100);
    }

    private ObjectNode families(ObjectNode request, Caller caller) {
        String prefix = request.path("familyPrefix").asText("");
        List<String> families = store.taskDefinitions().values().stream()
                .filter(one -> one.path("taskDefinitionArn").asText().startsWith(caller.arn("ecs", "")))
                .map(one -> one.path("family").asText())
                .filter(family -> family.startsWith(prefix))
                .distinct()
                .sorted()
                .toList();
        return Json.page(families, request, "families", 100);
    }

    private ObjectNode answer(ObjectNode definition, boolean withTags) {
        ObjectNode answer = Json.object();
        answer.set("taskDefinition", definition);
        if (withTags) {
            answer.set(
                    "tags",
                    Json.tags(store.tags(definition.path("taskDefinitionArn").asText())));
        }
        return answer;
    }
}
