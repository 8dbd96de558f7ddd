package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.ecr.StoredImages;
import io.github.ecsmaven.sandbox.wire.AwsError;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Begins a deployment: its id, the service revision with the digests that the images mean now, and its history entry. */
final class Deploy {
    private static final List<String> REVISION_MEMBERS = List.of(
            "capacityProviderStrategy",
            "launchType",
            "platformVersion",
            "loadBalancers",
            "serviceRegistries",
            "networkConfiguration",
            "serviceConnectConfiguration",
            "volumeConfigurations",
            "vpcLatticeConfigurations");

    private final Store store;
    private final StoredImages images;
    private final Balancers balancers;
    private final Clock clock;

    Deploy(Store store, StoredImages images, Balancers balancers, Clock clock) {
        this.store = store;
        this.images = images;
        this.balancers = balancers;
        this.clock = clock;
    }

    /** The service with a new PRIMARY deployment; its address is open when a container has a port. */
    Service run(Service service, ObjectNode taskDefinition) {
        long now = clock.millis();
        String arn = taskDefinition.path("taskDefinitionArn").asText();
        ObjectNode revision = revision(service, taskDefinition, now);
        String revisionArn = revision.path("serviceRevisionArn").asText();
        store.revisions().put(revisionArn, revision);
        String historyArn = service.arn().replace(":service/", ":service-deployment/") + "/"
                + TaskFactory.newId().substring(0, 20);
        Deployment next = Deployment.begin("ecs-svc/" + digits(), arn, revisionArn, now);
        return Deployments.begin(withAddress(service, taskDefinition), next, historyArn, now);
    }

    private Service withAddress(Service service, ObjectNode taskDefinition) {
        if (service.port() == 0 && ContainerOrder.firstPort(taskDefinition) == 0) {
            return service;
        }
        int port = balancers.open(service.arn(), service.port());
        store.tags(service.arn()).put("ecs.url", "http://127.0.0.1:" + port);
        return service.settings(service.desired(), service.settings(), port);
    }

    private ObjectNode revision(Service service, ObjectNode taskDefinition, long now) {
        ObjectNode revision = JsonNodeFactory.instance.objectNode();
        revision.put("serviceRevisionArn", service.arn().replace(":service/", ":service-revision/") + "/" + digits());
        revision.put("serviceArn", service.arn());
        revision.put("clusterArn", service.clusterArn());
        revision.put("taskDefinition", taskDefinition.path("taskDefinitionArn").asText());
        for (String member : REVISION_MEMBERS) {
            if (service.settings().has(member)) {
                revision.set(member, service.settings().path(member));
            }
        }
        ArrayNode resolved = revision.putArray("containerImages");
        taskDefinition.path("containerDefinitions").forEach(container -> resolved.add(image(container)));
        revision.put("guardDutyEnabled", false);
        revision.put("createdAt", now / 1000.0);
        return revision;
    }

    /** Without a digest when it isn't known yet: the first task finds out. */
    private ObjectNode image(JsonNode container) {
        String image = container.path("image").asText();
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("containerName", container.path("name").asText()).put("image", image);
        try {
            images.digest(image).ifPresent(digest -> entry.put("imageDigest", digest));
        } catch (AwsError missing) {
            // the tasks will say so
        }
        return entry;
    }

    private static String digits() {
        return String.valueOf(ThreadLocalRandom.current().nextLong(1_000_000_000_000_000_000L, Long.MAX_VALUE));
    }
}
