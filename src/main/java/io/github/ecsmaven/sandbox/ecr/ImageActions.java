package io.github.ecsmaven.sandbox.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.ecr.Repository.Image;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import io.github.ecsmaven.sandbox.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** ECR's actions on the images of a repository. */
final class ImageActions {
    /** An {@code imageId}: one of both at least. */
    private record ImageId(
            @Nullable String digest, @Nullable String tag) {
        static ImageId of(JsonNode node) {
            return new ImageId(text(node, "imageDigest"), text(node, "imageTag"));
        }

        ObjectNode node() {
            ObjectNode node = Json.object();
            if (digest != null) {
                node.put("imageDigest", digest);
            }
            if (tag != null) {
                node.put("imageTag", tag);
            }
            return node;
        }
    }

    private final Repositories repositories;
    private final Blobs blobs;
    private final FreeBlobs free;
    private final StoreImage store;
    private final Clock clock;

    ImageActions(Repositories repositories, Blobs blobs, FreeBlobs free, StoreImage store, Clock clock) {
        this.clock = clock;
        this.free = free;
        this.repositories = repositories;
        this.blobs = blobs;
        this.store = store;
    }

    ObjectNode put(ObjectNode request, Caller caller) {
        String tag = text(request, "imageTag");
        String type = request.path("imageManifestMediaType").asText("");
        byte[] manifest = request.path("imageManifest").asText("").getBytes(StandardCharsets.UTF_8);
        String name = repository(request).name();
        String checkedTag = tag == null ? null : Names.tag(tag);
        Image image = store.run(name, manifest, type, text(request, "imageDigest"), checkedTag, false);
        ObjectNode answer = Json.object();
        answer.set("image", whole(name, image, new ImageId(image.digest(), tag), caller));
        return answer;
    }

    ObjectNode describe(ObjectNode request, Caller caller) {
        Repository repository = repository(request);
        ObjectNode answer = Json.object();
        ArrayNode details = answer.putArray("imageDetails");
        if (request.path("imageIds").isEmpty()) {
            List<Image> matching = repository.images().values().stream()
                    .filter(image -> hasTagStatus(request).test(repository.tagsOf(image.digest())))
                    .sorted(Comparator.comparing(Image::digest))
                    .toList();
            Page<Image> page = Page.of(matching, Image::digest, request);
            page.items().forEach(image -> details.add(detail(repository, image, caller)));
            putNext(answer, page);
        } else {
            request.path("imageIds").forEach(node -> {
                ImageId id = ImageId.of(node);
                details.add(detail(repository, repositories.image(repository, id.digest(), id.tag()), caller));
            });
        }
        return answer;
    }

    ObjectNode list(ObjectNode request) {
        Repository repository = repository(request);
        List<ImageId> ids = new ArrayList<>();
        Predicate<List<String>> wanted = hasTagStatus(request);
        for (String digest : repository.images().keySet()) {
            List<String> tags = repository.tagsOf(digest);
            if (wanted.test(tags)) {
                tags.forEach(tag -> ids.add(new ImageId(digest, tag)));
                if (tags.isEmpty()) {
                    ids.add(new ImageId(digest, null));
                }
            }
        }
        ids.sort(Comparator.comparing(ImageActions::key));
        Page<ImageId> page = Page.of(ids, ImageActions::key, request);
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("imageIds");
        page.items().forEach(id -> list.add(id.node()));
        putNext(answer, page);
        return answer;
    }

    ObjectNode batchGet(ObjectNode request, Caller caller) {
        Repository repository = repository(request);
        ObjectNode answer = Json.object();
        ArrayNode images = answer.putArray("images");
        ArrayNode failures = answer.putArray("failures");
        request.path("imageIds").forEach(node -> {
            ImageId id = ImageId.of(node);
            Image image = find(repository, id, failures);
            if (image != null) {
                images.add(whole(repository.name(), image, new ImageId(image.digest(), id.tag()), caller));
            }
        });
        return answer;
    }

    /** A tag goes alone unless it is the image's last; a digest takes all its tags along (ECR API, BatchDeleteImage). */
    ObjectNode batchDelete(ObjectNode request) {
        ObjectNode answer = Json.object();
        ArrayNode deleted = answer.putArray("imageIds");
        ArrayNode failures = answer.putArray("failures");
        for (JsonNode node : request.path("imageIds")) {
            ImageId id = ImageId.of(node);
            repositories.change(repository(request).name(), repository -> {
                Image image = find(repository, id, failures);
                return image == null ? repository : delete(repository, image, id, deleted, failures);
            });
        }
        free.run();
        return answer;
    }

    ObjectNode layerAvailability(ObjectNode request) {
        Repository repository = repository(request);
        ObjectNode answer = Json.object();
        ArrayNode layers = answer.putArray("layers");
        ArrayNode failures = answer.putArray("failures");
        for (JsonNode node : request.path("layerDigests")) {
            String digest = node.asText();
            if (!Names.isDigest(digest)) {
                failures.addObject()
                        .put("layerDigest", digest)
                        .put("failureCode", "InvalidLayerDigest")
                        .put("failureReason", "Invalid layer digest");
            } else if (repository.blobs().contains(digest) && blobs.claim(digest)) {
                layers.addObject()
                        .put("layerDigest", digest)
                        .put("layerAvailability", "AVAILABLE")
                        .put("layerSize", sizeOf(digest));
            } else {
                layers.addObject().put("layerDigest", digest).put("layerAvailability", "UNAVAILABLE");
            }
        }
        return answer;
    }

    private static Repository delete(
            Repository repository, Image image, ImageId id, ArrayNode deleted, ArrayNode failures) {
        List<String> tags = repository.tagsOf(image.digest());
        if (id.tag() != null && tags.size() > 1) {
            deleted.add(new ImageId(image.digest(), id.tag()).node());
            return repository.withoutTag(id.tag());
        }
        boolean child = repository.images().values().stream()
                .anyMatch(other -> other.children().contains(image.digest()));
        if (child) {
            fail(failures, id, "ImageReferencedByManifestList", "Requested image referenced by manifest list");
            return repository;
        }
        tags.forEach(tag -> deleted.add(new ImageId(image.digest(), tag).node()));
        if (tags.isEmpty()) {
            deleted.add(new ImageId(image.digest(), null).node());
        }
        return repository.withoutImage(image.digest());
    }

    private @Nullable Image find(Repository repository, ImageId id, ArrayNode failures) {
        if (id.digest() == null && id.tag() == null) {
            fail(failures, id, "MissingDigestAndTag", "Invalid request parameters: both tag and digest cannot be null");
        } else if (id.digest() != null && !Names.isDigest(id.digest())) {
            fail(
                    failures,
                    id,
                    "InvalidImageDigest",
                    "Invalid request parameters: image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'");
        } else {
            try {
                return repositories.image(repository, id.digest(), id.tag());
            } catch (AwsError absent) {
                fail(failures, id, "ImageNotFound", "Requested image not found");
            }
        }
        return null;
    }

    private static void fail(ArrayNode failures, ImageId id, String code, String reason) {
        ObjectNode failure = failures.addObject();
        failure.set("imageId", id.node());
        failure.put("failureCode", code).put("failureReason", reason);
    }

    private ObjectNode whole(String repository, Image image, ImageId id, Caller caller) {
        ObjectNode node =
                Json.object().put("registryId", caller.account()).put("repositoryName", Owners.plain(repository));
        node.set("imageId", id.node());
        return node.put("imageManifest", new String(blobs.bytes(image.digest()), StandardCharsets.UTF_8))
                .put("imageManifestMediaType", image.mediaType());
    }

    private ObjectNode detail(Repository repository, Image image, Caller caller) {
        ObjectNode node = Json.object()
                .put("registryId", caller.account())
                .put("repositoryName", Owners.plain(repository.name()))
                .put("imageDigest", image.digest());
        List<String> tags = repository.tagsOf(image.digest());
        if (!tags.isEmpty()) {
            ArrayNode list = node.putArray("imageTags");
            tags.forEach(list::add);
        }
        if (image.artifactType() != null) {
            node.put("artifactMediaType", image.artifactType());
        }
        if (image.scanned() != null) {
            ScanScript script = ScanScript.of(repository);
            long now = clock.millis();
            node.set("imageScanStatus", script.scanStatus(image.scanned(), now));
            if (script.hasFindings(image.scanned(), now)) {
                script.putCounts(node.putObject("imageScanFindingsSummary")
                        .put("imageScanCompletedAt", Json.time(Instant.ofEpochMilli(image.scanned()))));
            }
        }
        return node.put("imageSizeInBytes", image.size())
                .put("imagePushedAt", Json.time(Instant.ofEpochMilli(image.pushed())))
                .put("imageManifestMediaType", image.mediaType());
    }

    private static Predicate<List<String>> hasTagStatus(ObjectNode request) {
        return switch (request.path("filter").path("tagStatus").asText("ANY")) {
            case "TAGGED" -> tags -> !tags.isEmpty();
            case "UNTAGGED" -> List::isEmpty;
            default -> tags -> true;
        };
    }

    private Repository repository(ObjectNode request) {
        return repositories.get(request.path("repositoryName").asText(""));
    }

    private static String key(ImageId id) {
        return id.digest() + " " + id.tag();
    }

    private static void putNext(ObjectNode answer, Page<?> page) {
        if (page.next() != null) {
            answer.put("nextToken", page.next());
        }
    }

    private long sizeOf(String digest) {
        try {
            return blobs.size(digest);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    static @Nullable String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.path(field).asText() : null;
    }
}
