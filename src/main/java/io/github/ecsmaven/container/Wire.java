package io.github.ecsmaven.container;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The JSON between Maven and the keeper. A request is <code>{"verb": "start", …}</code>; an answer is
 * <code>{"ok": {…}}</code> or <code>{"problem": {"blame", "what", "evidence", "next"}}</code>.
 */
final class Wire {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Wire() {}

    static ObjectNode verb(String verb) {
        return MAPPER.createObjectNode().put("verb", verb);
    }

    static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            // Neither the text nor Jackson's own message, which quotes it: a test's environment can hold secrets.
            throw new IllegalArgumentException(
                    "not JSON, from character " + e.getLocation().getCharOffset() + " of " + json.length());
        }
    }

    /** A record as a tree. */
    static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    static <T> T value(JsonNode tree, Class<T> type) {
        return MAPPER.convertValue(tree, type);
    }

    static String ok(JsonNode result) {
        return MAPPER.createObjectNode().<ObjectNode>set("ok", result).toString();
    }

    static String problem(Problem problem) {
        ObjectNode node = MAPPER.createObjectNode()
                .put("blame", problem.blame().name())
                .put("what", problem.what())
                .put("next", problem.next());
        problem.evidence().forEach(node.withArray("evidence")::add);
        return MAPPER.createObjectNode().<ObjectNode>set("problem", node).toString();
    }

    static boolean isProblem(String answer) {
        return read(answer).has("problem");
    }

    /** The result in an answer; throws the Problem in it. */
    static JsonNode result(String answer) {
        JsonNode tree = read(answer);
        if (!tree.has("problem")) {
            return tree.path("ok");
        }
        JsonNode node = tree.path("problem");
        throw new Problem(
                Problem.Blame.valueOf(node.path("blame").asText()),
                node.path("what").asText(),
                strings(node.path("evidence")),
                node.path("next").asText(),
                null);
    }

    static ObjectNode start(ContainerRequest request) {
        ObjectNode node = verb("start")
                .put("project", request.project())
                .put("build", request.build())
                .put("image", request.image())
                .put("port", request.port())
                .put("timeout", request.timeout().toMillis())
                .put("log", request.log().toString());
        request.network().ifPresent(network -> node.put("network", network));
        request.beside().ifPresent(group -> node.put("beside", group));
        request.readiness().path().ifPresent(path -> node.put("path", path));
        request.readiness().line().ifPresent(line -> node.put("line", line));
        request.readiness().statuses().forEach(node.withArray("statuses")::add);
        request.environment().forEach(node.withObject("/environment")::put);
        return node;
    }

    static ContainerRequest containerRequest(JsonNode node) {
        List<Integer> statuses = new ArrayList<>();
        node.path("statuses").forEach(status -> statuses.add(status.asInt()));
        return new ContainerRequest(
                node.path("project").asText(),
                node.path("build").asText(),
                node.path("image").asText(),
                node.path("port").asInt(),
                map(node.path("environment")),
                text(node, "network"),
                text(node, "beside"),
                new ContainerRequest.Readiness(text(node, "path"), statuses, text(node, "line")),
                Duration.ofMillis(node.path("timeout").asLong()),
                Path.of(node.path("log").asText()));
    }

    static ObjectNode services(ServicesRequest request) {
        ObjectNode node = verb("services")
                .put("project", request.project())
                .put("build", request.build())
                .put("timeout", request.timeout().toMillis());
        request.network().ifPresent(network -> node.put("network", network));
        request.services().forEach(service -> node.withArray("services").add(service(service)));
        return node;
    }

    private static ObjectNode service(ServicesRequest.Service service) {
        ObjectNode node = MAPPER.createObjectNode()
                .put("name", service.name())
                .put("image", service.image())
                .put("log", service.log().toString());
        service.port().ifPresent(port -> node.put("port", port));
        service.line().ifPresent(line -> node.put("line", line));
        service.environment().forEach(node.withObject("/environment")::put);
        service.command().forEach(node.withArray("command")::add);
        return node;
    }

    static ServicesRequest servicesRequest(JsonNode node) {
        List<ServicesRequest.Service> services = new ArrayList<>();
        node.path("services").forEach(one -> services.add(serviceRequest(one)));
        return new ServicesRequest(
                node.path("project").asText(),
                node.path("build").asText(),
                text(node, "network"),
                Duration.ofMillis(node.path("timeout").asLong()),
                services);
    }

    private static ServicesRequest.Service serviceRequest(JsonNode node) {
        return new ServicesRequest.Service(
                node.path("name").asText(),
                node.path("image").asText(),
                node.has("port") ? Optional.of(node.path("port").asInt()) : Optional.empty(),
                text(node, "line"),
                map(node.path("environment")),
                strings(node.path("command")),
                Path.of(node.path("log").asText()));
    }

    static RunningContainer runningContainer(JsonNode node) {
        return new RunningContainer(
                node.path("id").asText(),
                node.path("host").asText(),
                node.path("port").asInt(),
                node.path("ready").asText(),
                node.path("millis").asLong());
    }

    static RunningServices runningServices(JsonNode node) {
        List<RunningServices.Service> services = new ArrayList<>();
        node.path("services")
                .forEach(one -> services.add(new RunningServices.Service(
                        one.path("name").asText(),
                        one.path("image").asText(),
                        runningContainer(one.path("container")))));
        return new RunningServices(node.path("group").asText(), services);
    }

    private static Map<String, String> map(JsonNode node) {
        Map<String, String> map = new LinkedHashMap<>();
        node.properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
        return map;
    }

    private static Optional<String> text(JsonNode node, String field) {
        return node.has(field) ? Optional.of(node.path(field).asText()) : Optional.empty();
    }

    static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(item -> strings.add(item.asText()));
        return strings;
    }
}
