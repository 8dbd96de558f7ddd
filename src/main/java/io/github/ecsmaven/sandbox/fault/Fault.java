package io.github.ecsmaven.sandbox.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.Json;
import java.util.Locale;

/**
 * One thing that goes wrong on purpose.
 *
 * @param id by which it is taken away
 * @param kind what goes wrong
 * @param on the action ({@code UpdateService}, {@code ecs:UpdateService}), service or repository; {@code *}: each
 * @param detail what the kind needs to know
 * @param left how often it still strikes; {@link #ENDLESS}: until it is taken away
 */
public record Fault(String id, Kind kind, String on, Detail detail, int left) {
    public static final int ENDLESS = -1;

    /** What goes wrong. */
    public enum Kind {
        /** A call is refused: {@code ThrottlingException}, "Rate exceeded". */
        THROTTLE,
        /** A call is answered later. */
        LATENCY,
        /** A call is answered with an error. */
        ERROR,
        /** A call's connection is cut without an answer. */
        CUT,
        /** The caller lacks the permission for the action. */
        DENY,
        /** A service's tasks find no place. */
        PLACEMENT,
        /** A service's new tasks fail their health check. */
        HEALTH,
        /** A service's lifecycle hook refuses the new version. */
        HOOK,
        /** The registry fails while it takes a layer. */
        REGISTRY;

        /** As in the JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param status HTTP status of ERROR, REGISTRY (0: cut) and HEALTH (0: another cause)
     * @param code of ERROR
     * @param text of ERROR
     * @param millis of LATENCY
     * @param layer of REGISTRY: the first upload that fails, counted from 1
     * @param how PLACEMENT: the reason; HEALTH: {@code elb}, {@code timeout}, {@code refused} or {@code container}; HOOK: the stage, {@code *}: each
     */
    public record Detail(int status, String code, String text, long millis, int layer, String how) {}

    boolean meets(String name) {
        return on.equals("*") || on.equals(name);
    }

    /** Of {@code ecs} and {@code UpdateService}: the action, with or without the service, or all of a service. */
    boolean meets(String service, String action) {
        return meets(action) || on.equals(service + ":" + action) || on.equals(service + ":*");
    }

    Fault struck() {
        return left == ENDLESS ? this : new Fault(id, kind, on, detail, left - 1);
    }

    boolean over() {
        return left == 0;
    }

    ObjectNode json() {
        ObjectNode to = Json.object();
        to.put("id", id).put("fault", kind.word()).put(FaultJson.subject(kind), on);
        FaultJson.members(kind).forEach(member -> FaultJson.put(to, member, detail));
        if (left != ENDLESS) {
            to.put("count", left);
        }
        return to;
    }
}
