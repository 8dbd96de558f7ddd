package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** CreateCluster, DescribeClusters, ListClusters, DeleteCluster. */
final class ClusterActions {
    private final Store store;
    private final Names names;
    private final Render render;

    ClusterActions(Store store, Names names, Render render) {
        this.store = store;
        this.names = names;
        this.render = render;
    }

    void addTo(Map<String, Handler> handlers) {
        handlers.put("CreateCluster", this::create);
        handlers.put("DescribeClusters", this::describe);
        handlers.put("ListClusters", this::list);
        handlers.put("DeleteCluster", this::delete);
    }

    private ObjectNode create(ObjectNode request, Caller caller) {
        String name = request.path("clusterName").asText("default");
        if (!name.matches("[a-zA-Z0-9_-]{1,255}")) {
            throw Names.invalid("Invalid cluster name: " + name);
        }
        String arn = Names.clusterArn(name, caller);
        Cluster cluster = store.clusters().get(arn);
        if (cluster == null || !cluster.active()) {
            cluster = new Cluster(arn, name, "ACTIVE", request);
            store.clusters().put(arn, cluster);
            store.tags(arn).putAll(Json.tags(request.path("tags")));
        }
        return answer(cluster);
    }

    private ObjectNode describe(ObjectNode request, Caller caller) {
        List<String> asked = request.has("clusters") ? Json.texts(request.path("clusters")) : List.of("default");
        return Described.answer(
                "clusters",
                asked,
                one -> Optional.ofNullable(store.clusters().get(Names.clusterArn(one, caller)))
                        .map(render::cluster),
                one -> Names.clusterArn(one, caller));
    }

    private ObjectNode list(ObjectNode request, Caller caller) {
        String own = caller.arn("ecs", "cluster/");
        List<String> arns = store.clusters().values().stream()
                .filter(Cluster::active)
                .map(Cluster::arn)
                .filter(arn -> arn.startsWith(own))
                .toList();
        return Json.page(arns, request, "clusterArns", 100);
    }

    private ObjectNode delete(ObjectNode request, Caller caller) {
        Cluster cluster = names.cluster(request, caller);
        if (render.services(cluster).stream().anyMatch(Service::active)) {
            throw new AwsError(
                    "ClusterContainsServicesException",
                    400,
                    "The Cluster cannot be deleted while Services are active.");
        }
        if (store.tasks().values().stream().anyMatch(task -> task.clusterArn.equals(cluster.arn()) && task.wanted())) {
            throw new AwsError(
                    "ClusterContainsTasksException", 400, "The Cluster cannot be deleted while Tasks are active.");
        }
        store.clusters().put(cluster.arn(), cluster.inactive());
        return answer(cluster.inactive());
    }

    private ObjectNode answer(Cluster cluster) {
        ObjectNode answer = Json.object();
        answer.set("cluster", render.cluster(cluster));
        return answer;
    }
}
