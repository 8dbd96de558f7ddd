package io.github.ecsmaven.sandbox.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.ecr.Repository.Image;
import io.github.ecsmaven.sandbox.wire.Caller;
import io.github.ecsmaven.sandbox.wire.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** ECR's scans: by themselves they complete at once and find nothing; see {@link ScanScript}. */
final class ScanActions {
    private static final Duration INTERVAL = Duration.ofHours(24);

    private final Repositories repositories;
    private final Refusal refusal;
    private final Clock clock;

    ScanActions(Repositories repositories, Refusal refusal, Clock clock) {
        this.repositories = repositories;
        this.refusal = refusal;
        this.clock = clock;
    }

    ObjectNode start(ObjectNode request, Caller caller) {
        Image asked = image(request);
        long now = clock.millis();
        if (script(request).enhanced()) {
            throw Refusal.error("ValidationException", "This feature is disabled");
        }
        if (!asked.children().isEmpty()) {
            throw Refusal.error("UnsupportedImageTypeException", "The image is of a type that cannot be scanned.");
        }
        repositories.change(request.path("repositoryName").asText(), repository -> {
            Image image = repositories.image(repository, asked.digest(), null);
            if (image.scanned() != null && now - image.scanned() < INTERVAL.toMillis()) {
                throw Refusal.error(
                        "LimitExceededException", "The scan quota per image has been exceeded. Wait and try again.");
            }
            return repository.withImage(image.withScan(now), null);
        });
        ObjectNode answer = about(request, asked, caller);
        answer.putObject("imageScanStatus").put("status", "IN_PROGRESS");
        return answer;
    }

    ObjectNode findings(ObjectNode request, Caller caller) {
        Image image = image(request);
        ScanScript script = script(request);
        Long begun = script.enhanced() && image.children().isEmpty() ? (Long) image.pushed() : image.scanned();
        if (begun == null) {
            throw refusal.scanNotFound(request.path("repositoryName").asText(), image.digest());
        }
        ObjectNode answer = about(request, image, caller);
        answer.set("imageScanStatus", script.scanStatus(begun, clock.millis()));
        if (script.hasFindings(begun, clock.millis())) {
            putFindings(answer, script, begun + script.seconds() * 1000L, request);
        }
        return answer;
    }

    private static void putFindings(ObjectNode answer, ScanScript script, long ended, ObjectNode request) {
        ObjectNode findings = answer.putObject("imageScanFindings")
                .put("imageScanCompletedAt", Json.time(Instant.ofEpochMilli(ended)))
                .put("vulnerabilitySourceUpdatedAt", Json.time(Instant.ofEpochMilli(ended)));
        script.putCounts(findings);
        ArrayNode list = findings.putArray(script.enhanced() ? "enhancedFindings" : "findings");
        List<ObjectNode> all = script.findings();
        List<Integer> places = IntStream.range(0, all.size()).boxed().toList();
        Page<Integer> page = Page.of(places, place -> "%05d".formatted(place), request);
        page.items().forEach(place -> list.add(all.get(place)));
        if (page.next() != null) {
            answer.put("nextToken", page.next());
        }
    }

    private ScanScript script(ObjectNode request) {
        return ScanScript.of(repositories.get(request.path("repositoryName").asText("")));
    }

    private Image image(ObjectNode request) {
        Repository repository = repositories.get(request.path("repositoryName").asText(""));
        JsonNode id = request.path("imageId");
        return repositories.image(repository, ImageActions.text(id, "imageDigest"), ImageActions.text(id, "imageTag"));
    }

    private static ObjectNode about(ObjectNode request, Image image, Caller caller) {
        ObjectNode answer = Json.object()
                .put("registryId", caller.account())
                .put(
                        "repositoryName",
                        Owners.plain(request.path("repositoryName").asText()));
        ObjectNode id = answer.putObject("imageId").put("imageDigest", image.digest());
        String tag = ImageActions.text(request.path("imageId"), "imageTag");
        if (tag != null) {
            id.put("imageTag", tag);
        }
        return answer;
    }
}
