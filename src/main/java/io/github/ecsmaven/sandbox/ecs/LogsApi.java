package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.ecs.TaskLogs.Line;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import io.github.ecsmaven.sandbox.wire.JsonService;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * CloudWatch Logs as far as the output of tasks: containers with the {@code awslogs} driver, read only. The stream of a
 * container is {@code <prefix>/<container>/<task id>}.
 */
final class LogsApi implements JsonService {
    private static final int MOST = 10_000;

    private final Store store;
    private final TaskLogs logs;

    LogsApi(Store store, TaskLogs logs) {
        this.store = store;
        this.logs = logs;
    }

    /** The log of one container of one task. */
    private record Stream(String group, String name, Task task, TaskContainer container) {}

    @Override
    public String targetPrefix() {
        return "Logs_20140328";
    }

    @Override
    public ObjectNode handle(String action, ObjectNode request, Caller caller) {
        return switch (action) {
            case "DescribeLogGroups" -> groups(request, caller);
            case "DescribeLogStreams" -> describe(request);
            case "GetLogEvents" -> events(request);
            default -> throw AwsError.unknownAction("Logs", action);
        };
    }

    private List<Stream> streams() {
        List<Stream> streams = new ArrayList<>();
        synchronized (store) {
            for (Task task : store.tasks().values()) {
                ObjectNode definition = store.taskDefinitions().get(task.taskDefinition);
                JsonNode containers = definition == null ? Json.object() : definition.path("containerDefinitions");
                containers.forEach(container -> add(streams, task, container));
            }
        }
        return streams;
    }

    private static void add(List<Stream> streams, Task task, JsonNode definition) {
        JsonNode options = definition.path("logConfiguration").path("options");
        String name = definition.path("name").asText();
        TaskContainer container = task.container(name);
        if (container != null && options.has("awslogs-group")) {
            String prefix = options.path("awslogs-stream-prefix").asText("");
            String stream = prefix.isEmpty() ? container.runtimeId : prefix + "/" + name + "/" + task.id;
            streams.add(new Stream(options.path("awslogs-group").asText(), stream, task, container));
        }
    }

    private List<Stream> streamsOf(ObjectNode request) {
        String group = request.path("logGroupName").asText("");
        List<Stream> own = streams().stream()
                .filter(stream -> stream.group().equals(group))
                .toList();
        if (own.isEmpty()) {
            throw missing("log group");
        }
        return own;
    }

    private static AwsError missing(String what) {
        return new AwsError("ResourceNotFoundException", 400, "The specified " + what + " does not exist.");
    }

    private ObjectNode groups(ObjectNode request, Caller caller) {
        String prefix = request.path("logGroupNamePrefix").asText("");
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("logGroups");
        TreeSet<String> names = new TreeSet<>();
        streams().forEach(stream -> names.add(stream.group()));
        names.stream().filter(name -> name.startsWith(prefix)).forEach(name -> list.addObject()
                .put("logGroupName", name)
                .put("arn", caller.arn("logs", "log-group:" + name + ":*"))
                .put("creationTime", 0L)
                .put("storedBytes", 0L));
        return answer;
    }

    private ObjectNode describe(ObjectNode request) {
        String prefix = request.path("logStreamNamePrefix").asText("");
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("logStreams");
        for (Stream stream : streamsOf(request)) {
            if (stream.name().startsWith(prefix)) {
                list.addObject().put("logStreamName", stream.name()).put("creationTime", stream.task().createdAt);
            }
        }
        return answer;
    }

    private ObjectNode events(ObjectNode request) {
        String name = request.path("logStreamName").asText("");
        Stream stream = streamsOf(request).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> missing("log stream"));
        long from = request.path("startTime").asLong(0);
        long to = request.path("endTime").asLong(Long.MAX_VALUE);
        List<Line> lines = logs.read(stream.task().id, stream.container()).stream()
                .filter(line -> line.time() >= from && line.time() < to)
                .toList();
        return page(lines, request);
    }

    /** Tokens are places in the list; the end is known by a token that comes back. CloudWatch Logs, GetLogEvents. */
    private static ObjectNode page(List<Line> lines, ObjectNode request) {
        int limit = request.path("limit").asInt(MOST);
        String token = request.path("nextToken").asText("");
        boolean head = request.path("startFromHead").asBoolean();
        int start = head ? 0 : Math.max(0, lines.size() - limit);
        if (token.matches("[fb]/\\d{1,9}")) {
            int at = Math.min(lines.size(), Integer.parseInt(token.substring(2)));
            start = token.startsWith("f") ? at : Math.max(0, at - limit);
        }
        int end = Math.min(lines.size(), start + limit);
        ObjectNode answer = Json.object();
        ArrayNode events = answer.putArray("events");
        lines.subList(start, end).forEach(line -> events.addObject()
                .put("timestamp", line.time())
                .put("message", line.text())
                .put("ingestionTime", line.time()));
        answer.put("nextForwardToken", "f/" + end).put("nextBackwardToken", "b/" + start);
        return answer;
    }
}
