package io.github.ecsmaven.sandbox.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.fault.Fault.Detail;
import io.github.ecsmaven.sandbox.fault.Fault.Kind;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A fault as an order writes it, for example {@code {"fault": "throttle", "action": "DescribeServices", "count": 3}}. */
final class FaultJson {
    private static final Set<String> CHECKS = Set.of("elb", "timeout", "refused", "container");

    /** Those that can have a hook: DeploymentLifecycleHookStage of the ECS API. */
    private static final List<String> STAGES = List.of(
            "RECONCILE_SERVICE",
            "PRE_SCALE_UP",
            "POST_SCALE_UP",
            "TEST_TRAFFIC_SHIFT",
            "POST_TEST_TRAFFIC_SHIFT",
            "PRODUCTION_TRAFFIC_SHIFT",
            "POST_PRODUCTION_TRAFFIC_SHIFT");

    private FaultJson() {}

    /** @throws IllegalArgumentException with a text for whoever wrote it */
    static Fault read(String id, JsonNode from) {
        Kind kind = kind(from.path("fault").asText(""));
        refuseUnknown(kind, from);
        Detail detail = new Detail(
                number(from, "status", kind == Kind.HEALTH ? 503 : 500, 0, 599),
                from.path("code").asText("ServerException"),
                from.path("message").asText("Service Unavailable. Please try again later."),
                number(from, "millis", 1_000, 0, 600_000),
                number(from, "layer", 1, 1, 10_000),
                how(kind, from));
        int count = from.has("count") ? number(from, "count", 1, 1, 1_000_000) : Fault.ENDLESS;
        return new Fault(id, kind, from.path(subject(kind)).asText("*"), detail, count);
    }

    private static Kind kind(String word) {
        return Stream.of(Kind.values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'fault' is '" + word + "'; it can be "
                        + Stream.of(Kind.values()).map(Kind::word).toList()));
    }

    /** A member that is misspelled would be a fault other than the one that was ordered. */
    private static void refuseUnknown(Kind kind, JsonNode from) {
        Set<String> known = new TreeSet<>(members(kind));
        known.addAll(Set.of("fault", "count", "id", subject(kind)));
        from.properties().forEach(member -> {
            if (!known.contains(member.getKey())) {
                throw new IllegalArgumentException(
                        "A fault '" + kind.word() + "' has no '" + member.getKey() + "'; it has " + known);
            }
        });
    }

    private static int number(JsonNode from, String member, int usual, int least, int most) {
        JsonNode value = from.path(member);
        if (value.isMissingNode()) {
            return usual;
        }
        if (!value.isInt() || value.asInt() < least || value.asInt() > most) {
            throw new IllegalArgumentException(
                    "'" + member + "' is " + value + "; it must be a number from " + least + " to " + most);
        }
        return value.asInt();
    }

    private static String how(Kind kind, JsonNode from) {
        if (kind == Kind.PLACEMENT) {
            return Placement.of(from.path("reason").asText("memory")).word();
        }
        if (kind == Kind.HOOK) {
            return stage(from.path("stage").asText("*"));
        }
        String check = from.path("check").asText("elb");
        if (!CHECKS.contains(check)) {
            throw new IllegalArgumentException("'check' is '" + check + "'; it can be " + new TreeSet<>(CHECKS));
        }
        return check;
    }

    private static String stage(String stage) {
        if (!stage.equals("*") && !STAGES.contains(stage)) {
            throw new IllegalArgumentException("'stage' is '" + stage + "'; it can be " + STAGES);
        }
        return stage;
    }

    static String subject(Kind kind) {
        return switch (kind) {
            case PLACEMENT, HEALTH, HOOK -> "service";
            case REGISTRY -> "repository";
            default -> "action";
        };
    }

    static List<String> members(Kind kind) {
        return switch (kind) {
            case LATENCY -> List.of("millis");
            case ERROR -> List.of("status", "code", "message");
            case PLACEMENT -> List.of("reason");
            case HEALTH -> List.of("check", "status");
            case HOOK -> List.of("stage");
            case REGISTRY -> List.of("layer", "status");
            default -> List.of();
        };
    }

    static void put(ObjectNode to, String member, Detail from) {
        switch (member) {
            case "millis" -> to.put(member, from.millis());
            case "status" -> to.put(member, from.status());
            case "code" -> to.put(member, from.code());
            case "message" -> to.put(member, from.text());
            case "layer" -> to.put(member, from.layer());
            default -> to.put(member, from.how());
        }
    }
}
