package io.github.ecsmaven.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.ecr.Ecr;
import io.github.ecsmaven.sandbox.ecs.Ecs;
import io.github.ecsmaven.sandbox.outbox.Outbox;
import io.github.ecsmaven.sandbox.s3.S3;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import io.github.ecsmaven.sandbox.wire.Json;
import java.util.List;

/** What the page shows: clusters with all that is in them, repositories with their images, buckets, sent messages, ordered faults. */
final class View {
    private final Ecs ecs;
    private final Ecr ecr;
    private final S3 s3;
    private final Outbox outbox;
    private final Surroundings at;

    View(Ecs ecs, Ecr ecr, S3 s3, Outbox outbox, Surroundings at) {
        this.ecs = ecs;
        this.ecr = ecr;
        this.s3 = s3;
        this.outbox = outbox;
        this.at = at;
    }

    /** Times are epoch seconds. */
    ObjectNode overview() {
        ObjectNode to = Json.object();
        to.put("endpoint", at.host()).put("account", at.account());
        to.set("clusters", ecs.overview());
        ArrayNode repositories = to.putArray("repositories");
        for (Caller owner : ecr.callers()) {
            ask("DescribeRepositories", Json.object(), owner)
                    .path("repositories")
                    .forEach(one -> repositories.add(repository(one, owner)));
        }
        to.set("buckets", s3.overview());
        to.set("messages", outbox.overview());
        to.set("faults", at.faults().json().path("faults"));
        return to;
    }

    /** The newest lines of a container's output. */
    List<String> log(String task, String container) {
        return ecs.log(task, container);
    }

    private ObjectNode repository(JsonNode repository, Caller owner) {
        String name = repository.path("repositoryName").asText();
        ObjectNode to = Json.object().put("name", name);
        to.put("uri", repository.path("repositoryUri").asText());
        ArrayNode images = to.putArray("images");
        ask("DescribeImages", Json.object().put("repositoryName", name), owner)
                .path("imageDetails")
                .forEach(image -> images.add(image(image)));
        return to;
    }

    private static ObjectNode image(JsonNode image) {
        ObjectNode to = Json.object().put("digest", image.path("imageDigest").asText());
        to.put("size", image.path("imageSizeInBytes").asLong());
        to.put("pushedAt", image.path("imagePushedAt").asLong());
        ArrayNode tags = to.putArray("tags");
        image.path("imageTags").forEach(tags::add);
        return to;
    }

    /** A repository can be gone between two questions. */
    private JsonNode ask(String action, ObjectNode request, Caller owner) {
        try {
            return ecr.api().handle(action, request, owner);
        } catch (AwsError gone) {
            return Json.object();
        }
    }
}
