package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import io.github.ecsmaven.sandbox.wire.QueryService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Elastic Load Balancing v2 as far as a rollout asks it: target groups, and the health of the tasks in them. */
final class ElbApi implements QueryService {
    /** An EC2 instance that all tasks without an address of their own run on. */
    static final String INSTANCE = "i-0a1b2c3d4e5f60718";

    private final Store store;
    private final TargetGroups groups;

    ElbApi(Store store) {
        this.store = store;
        this.groups = new TargetGroups(store);
    }

    @Override
    public String version() {
        return "2015-12-01";
    }

    @Override
    public String namespace() {
        return "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/";
    }

    @Override
    public ObjectNode handle(String action, Map<String, String> parameters, Caller caller) {
        synchronized (store) {
            return switch (action) {
                case "CreateTargetGroup" -> create(parameters, caller);
                case "ModifyTargetGroup" -> modify(parameters);
                case "DeleteTargetGroup" -> delete(parameters);
                case "DescribeTargetGroups" -> describe(parameters, caller);
                case "DescribeTargetHealth" -> health(parameters);
                default -> throw AwsError.unknownAction("elasticloadbalancing", action);
            };
        }
    }

    private ObjectNode create(Map<String, String> asked, Caller caller) {
        String name = asked.getOrDefault("Name", "");
        if (!name.matches("[a-zA-Z0-9]([a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?")) {
            throw new AwsError("ValidationError", 400, "Target group name '" + name + "' is not valid");
        }
        String prefix = caller.arn("elasticloadbalancing", "targetgroup/" + name + "/");
        if (store.targetGroups().keySet().stream().anyMatch(arn -> arn.startsWith(prefix))) {
            throw new AwsError(
                    "DuplicateTargetGroupName", 400, "A target group with the same name '" + name + "' exists");
        }
        TargetGroup plain = new TargetGroup(
                prefix + TaskFactory.newId().substring(0, 16),
                name,
                asked.getOrDefault("Protocol", "HTTP"),
                number(asked, "Port", 80, 1, 65_535),
                asked.getOrDefault("VpcId", "vpc-sandbox"),
                asked.getOrDefault("TargetType", "instance"),
                "/",
                "200",
                30,
                5,
                5,
                2);
        return put(changed(plain, asked));
    }

    private ObjectNode modify(Map<String, String> asked) {
        return put(changed(known(asked.getOrDefault("TargetGroupArn", "")), asked));
    }

    private ObjectNode put(TargetGroup group) {
        store.targetGroups().put(group.arn(), group);
        store.save();
        ObjectNode answer = Json.object();
        answer.putArray("TargetGroups").add(json(group));
        return answer;
    }

    private static TargetGroup changed(TargetGroup from, Map<String, String> asked) {
        String codes = asked.getOrDefault("Matcher.HttpCode", from.codes());
        if (!codes.matches("\\d{3}(-\\d{3})?(,\\d{3}(-\\d{3})?)*")) {
            throw new AwsError("ValidationError", 400, "Health check matcher HTTP code '" + codes + "' is not valid");
        }
        return new TargetGroup(
                from.arn(),
                from.name(),
                from.protocol(),
                from.port(),
                from.vpc(),
                from.type(),
                asked.getOrDefault("HealthCheckPath", from.path()),
                codes,
                number(asked, "HealthCheckIntervalSeconds", from.interval(), 5, 300),
                number(asked, "HealthCheckTimeoutSeconds", from.timeout(), 2, 120),
                number(asked, "HealthyThresholdCount", from.healthy(), 2, 10),
                number(asked, "UnhealthyThresholdCount", from.unhealthy(), 2, 10));
    }

    private static int number(Map<String, String> asked, String name, int usual, int least, int most) {
        String given = asked.getOrDefault(name, String.valueOf(usual));
        int value = given.matches("\\d{1,6}") ? Integer.parseInt(given) : -1;
        if (value < least || value > most) {
            throw new AwsError("ValidationError", 400, name + " must be between " + least + " and " + most);
        }
        return value;
    }

    private ObjectNode delete(Map<String, String> asked) {
        String arn = asked.getOrDefault("TargetGroupArn", "");
        if (store.scheduled().stream()
                .anyMatch(
                        service -> service.active() && TargetGroups.arn(service).equals(arn))) {
            throw new AwsError(
                    "ResourceInUse", 400, "Target group '" + arn + "' is currently in use by a listener or a rule");
        }
        store.targetGroups().remove(arn);
        store.save();
        return Json.object();
    }

    private ObjectNode describe(Map<String, String> asked, Caller caller) {
        List<TargetGroup> found = new ArrayList<>();
        List<String> arns = list(asked, "TargetGroupArns.member.");
        List<String> names = list(asked, "Names.member.");
        arns.forEach(arn -> found.add(known(arn)));
        if (arns.isEmpty()) {
            all(caller).stream()
                    .filter(group -> names.isEmpty() || names.contains(group.name()))
                    .forEach(found::add);
        }
        if (found.isEmpty() && !names.isEmpty()) {
            throw missing();
        }
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("TargetGroups");
        found.forEach(group -> list.add(json(group)));
        return answer;
    }

    private List<TargetGroup> all(Caller caller) {
        Map<String, TargetGroup> all = new TreeMap<>(store.targetGroups());
        used().forEach(arn -> all.putIfAbsent(arn, groups.find(arn)));
        return all.values().stream()
                .filter(group -> group.arn().startsWith(caller.arn("elasticloadbalancing", "")))
                .toList();
    }

    private TreeSet<String> used() {
        TreeSet<String> used = new TreeSet<>();
        store.scheduled().forEach(service -> used.add(TargetGroups.arn(service)));
        used.remove("");
        return used;
    }

    /** A group that a service names is one too. */
    private TargetGroup known(String arn) {
        if (!store.targetGroups().containsKey(arn) && !used().contains(arn)) {
            throw missing();
        }
        return groups.find(arn);
    }

    private static AwsError missing() {
        return new AwsError("TargetGroupNotFound", 400, "One or more target groups not found");
    }

    private static List<String> list(Map<String, String> asked, String prefix) {
        return asked.entrySet().stream()
                .filter(one -> one.getKey().startsWith(prefix))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static ObjectNode json(TargetGroup group) {
        ObjectNode to = Json.object();
        to.put("TargetGroupArn", group.arn()).put("TargetGroupName", group.name());
        to.put("Protocol", group.protocol()).put("Port", group.port()).put("VpcId", group.vpc());
        to.put("HealthCheckProtocol", "HTTP").put("HealthCheckPort", "traffic-port");
        to.put("HealthCheckEnabled", true).put("HealthCheckIntervalSeconds", group.interval());
        to.put("HealthCheckTimeoutSeconds", group.timeout());
        to.put("HealthyThresholdCount", group.healthy()).put("UnhealthyThresholdCount", group.unhealthy());
        to.put("HealthCheckPath", group.path());
        to.putObject("Matcher").put("HttpCode", group.codes());
        to.putArray("LoadBalancerArns");
        to.put("TargetType", group.type()).put("ProtocolVersion", "HTTP1").put("IpAddressType", "ipv4");
        return to;
    }

    private ObjectNode health(Map<String, String> asked) {
        TargetGroup group = known(asked.getOrDefault("TargetGroupArn", ""));
        List<String> ids = asked.entrySet().stream()
                .filter(one -> one.getKey().matches("Targets\\.member\\.\\d+\\.Id"))
                .map(Map.Entry::getValue)
                .toList();
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("TargetHealthDescriptions");
        members(group.arn())
                .map(ElbApi::target)
                .filter(target -> ids.isEmpty()
                        || ids.contains(target.path("Target").path("Id").asText()))
                .forEach(list::add);
        return answer;
    }

    private Stream<Task> members(String arn) {
        return store.scheduled().stream()
                .filter(service -> TargetGroups.arn(service).equals(arn))
                .flatMap(service -> store.tasksOf(service.arn()).stream())
                .filter(task -> task.running() || task.lastStatus.equals("DEACTIVATING"));
    }

    private static ObjectNode target(Task task) {
        ObjectNode to = Json.object();
        to.putObject("Target")
                .put("Id", task.targetId)
                .put("Port", task.targetPort)
                .put("AvailabilityZone", task.arn.split(":")[3] + "a");
        to.put("HealthCheckPort", String.valueOf(task.targetPort));
        TargetHealth health = task.running() && task.wanted() ? task.target : TargetHealth.DRAINING;
        ObjectNode state = to.putObject("TargetHealth").put("State", health.state());
        Json.text(state, "Reason", health.reason());
        Json.text(state, "Description", health.description());
        return to;
    }
}
