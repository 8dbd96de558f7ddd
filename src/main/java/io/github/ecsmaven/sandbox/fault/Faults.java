package io.github.ecsmaven.sandbox.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.fault.Fault.Kind;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import io.github.ecsmaven.sandbox.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The faults that are ordered, oldest first. Safe for several threads; gone with the process. */
public final class Faults {
    private final List<Fault> ordered = new ArrayList<>();
    /** Numbers of the uploads by their addresses, as far as they were counted. */
    private final Map<String, Integer> uploads = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > 1_000;
        }
    };

    private int ids;
    private int uploaded;

    /**
     * Orders the fault, or the faults of an array: all or none.
     *
     * @throws IllegalArgumentException with a text for whoever wrote it
     */
    public synchronized void order(JsonNode wish) {
        List<Fault> fresh = new ArrayList<>();
        for (JsonNode one : wish.isArray() ? wish : List.of(wish)) {
            fresh.add(FaultJson.read(String.valueOf(++ids), one));
        }
        if (fresh.stream().anyMatch(fault -> fault.kind() == Kind.REGISTRY)) {
            uploads.clear();
            uploaded = 0;
        }
        ordered.addAll(fresh);
    }

    /** @return false when there is none of this id */
    public synchronized boolean remove(String id) {
        return ordered.removeIf(fault -> fault.id().equals(id));
    }

    public synchronized void clear() {
        ordered.clear();
    }

    /** {@code {"faults": […]}} */
    public synchronized ObjectNode json() {
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("faults");
        ordered.forEach(fault -> list.add(fault.json()));
        return answer;
    }

    /**
     * What a call has to suffer.
     *
     * @param service as in permissions: {@code ecs}
     */
    public Trouble onCall(String service, String action, JsonNode request, Caller caller) {
        long millis = strike(Kind.LATENCY, fault -> fault.meets(service, action))
                .map(fault -> fault.detail().millis())
                .orElse(0L);
        boolean cut = strike(Kind.CUT, fault -> fault.meets(service, action)).isPresent();
        return new Trouble(millis, cut, cut ? Optional.empty() : error(service, action, request, caller));
    }

    private Optional<AwsError> error(String service, String action, JsonNode request, Caller caller) {
        return strike(Kind.THROTTLE, fault -> fault.meets(service, action))
                .map(fault -> new AwsError("ThrottlingException", 400, "Rate exceeded"))
                .or(() -> strike(Kind.ERROR, fault -> fault.meets(service, action))
                        .map(fault -> new AwsError(
                                fault.detail().code(),
                                fault.detail().status(),
                                fault.detail().text())))
                .or(() -> denied(service, action, request, caller));
    }

    /**
     * The refusal when the caller lacks a permission that the call needs.
     *
     * @param service as in permissions: {@code ecr}
     */
    public Optional<AwsError> denied(String service, String action, JsonNode request, Caller caller) {
        return Denial.of(service, action, request, caller).stream()
                .filter(denial -> strike(Kind.DENY, fault -> fault.meets(denial.service(), denial.action()))
                        .isPresent())
                .findFirst()
                .map(denial -> denial.error(caller));
    }

    /**
     * Why the next task finds no place; empty: it finds one.
     *
     * @param service its service, or the group of a task without one, {@code family:orders}
     */
    public Optional<Placement> onPlacement(String service) {
        return strike(Kind.PLACEMENT, fault -> fault.meets(service))
                .map(fault -> Placement.of(fault.detail().how()));
    }

    /** Whether this service's lifecycle hook at this stage fails. */
    public boolean onHook(String service, String stage) {
        return strike(
                        Kind.HOOK,
                        fault -> fault.meets(service)
                                && (fault.detail().how().equals("*")
                                        || fault.detail().how().equals(stage)))
                .isPresent();
    }

    /** How a new task of this service fails its health check; empty: it doesn't. Does not count. */
    public synchronized Optional<Fault.Detail> health(String service) {
        return ordered.stream()
                .filter(fault -> fault.kind() == Kind.HEALTH && fault.meets(service))
                .findFirst()
                .map(Fault::detail);
    }

    /** A task of this service has failed in the way of {@link #health}: that counts. */
    public void onHealth(String service) {
        strike(Kind.HEALTH, fault -> fault.meets(service));
    }

    /**
     * How the registry fails when it takes data of a layer.
     *
     * @param upload its address; uploads are counted in the order in which their data begins
     * @return the HTTP status, 0: the connection is cut; empty: it takes the data
     */
    public synchronized Optional<Integer> onLayer(String repository, String upload) {
        if (ordered.stream().noneMatch(fault -> fault.kind() == Kind.REGISTRY)) {
            return Optional.empty();
        }
        int number = uploads.computeIfAbsent(upload, fresh -> ++uploaded);
        return strike(
                        Kind.REGISTRY,
                        fault -> fault.meets(repository)
                                && number >= fault.detail().layer())
                .map(fault -> fault.detail().status());
    }

    private synchronized Optional<Fault> strike(Kind kind, Predicate<Fault> which) {
        for (int i = 0; i < ordered.size(); i++) {
            Fault fault = ordered.get(i);
            if (fault.kind() == kind && which.test(fault)) {
                Fault struck = fault.struck();
                if (struck.over()) {
                    ordered.remove(i);
                } else {
                    ordered.set(i, struck);
                }
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }
}
