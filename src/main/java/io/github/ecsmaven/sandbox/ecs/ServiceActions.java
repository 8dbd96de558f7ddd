package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.Caller;
import java.util.List;
import java.util.Map;

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
        boolean withTags = Json.includesTags(request);
        return Described.answer(
                "services",
                Described.asked(request, "services", MOST),
                one -> names.find(cluster, one).map(service -> render.service(service, withTags)),
                one -> Names.arn(cluster, "service", one));
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
