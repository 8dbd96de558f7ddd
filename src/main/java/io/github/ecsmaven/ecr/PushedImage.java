package io.github.ecsmaven.ecr;

import io.github.ecsmaven.Digest;
import io.github.ecsmaven.ImageIndex;
import java.util.List;
import java.util.Optional;

/**
 * The image in its registry, as it lies in {@code target/ecs/push.json}.
 *
 * @param registry host with port when there is one
 * @param repository the name below the registry
 * @param digest of the manifest, or of the index
 * @param tags that now name this digest
 * @param bytesSent compressed bytes of the layers that were sent
 * @param layersSent how many layers were sent, the others were there
 * @param millis how long it took
 * @param index the manifests of several platforms, pushed beside the index; absent for one
 */
public record PushedImage(
        String registry,
        String repository,
        Digest digest,
        List<String> tags,
        long bytesSent,
        int layersSent,
        long millis,
        Optional<ImageIndex> index) {
    public PushedImage {
        tags = List.copyOf(tags);
    }

    /** {@code registry/repository@sha256:…}, what a task definition is pinned to. */
    public String pinned() {
        return registry + "/" + repository + "@" + digest;
    }
}
