package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** DescribeServices and ListServices. */
final class ServiceActions {
    private static final int MOST = 10;

    private final Store store;
    private final Names names;
    private final Render render;

    ServiceActions(Store store, Names names, Render render) {
        this.store = store;
        this.names = names;
        this.render = render;
    }

    void addTo(Map<String, Handler> handlers) {
        handlers.put("DescribeServices", this::describe);
        handlers.put("ListServices", this::list);
    }

    private ObjectNode describe(ObjectNode request, Caller caller) {
        Cluster cluster = names.cluster(request, caller);
        List<String> asked = Json.texts(request.path("services"));
        if (asked.isEmpty()) {
            throw Names.invalid("Services cannot be empty.");
        }
        if (asked.size() > MOST) {
            throw Names.invalid("Services cannot have more than " + MOST + " elements.");
        }
        ObjectNode answer = Json.object();
        ArrayNode found = answer.putArray("services");
        ArrayNode failures = answer.putArray("failures");
        for (String one : asked) {
            Optional<Service> service = names.find(cluster, one);
            if (service.isPresent()) {
                found.add(render.service(service.get(), Json.includesTags(request)));
            } else {
                Json.missing(failures, one.startsWith("arn:") ? one : Names.serviceArn(cluster, one));
            }
        }
        return answer;
    }

    private ObjectNode list(ObjectNode request, Caller caller) {
        Cluster cluster = names.cluster(request, caller);
        String launchType = request.path("launchType").asText("");
        List<String> arns = store.services().values().stream()
                .filter(service -> service.clusterArn().equals(cluster.arn()))
                .filter(service -> !service.status().equals("INACTIVE"))
                .filter(service -> launchType.isEmpty()
                        || service.settings().path("launchType").asText("EC2").equals(launchType))
                .map(Service::arn)
                .toList();
        return Json.page(arns, request, "serviceArns", MOST);
    }
}
