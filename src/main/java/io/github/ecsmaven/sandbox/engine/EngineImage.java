package io.github.ecsmaven.sandbox.engine;

import java.util.List;

/**
 * An image in the engine.
 *
 * @param id as the engine names it
 * @param diffIds digests of its unpacked layers, in order
 * @param repoDigests {@code repository@sha256:…} of where it was pulled from; mostly empty
 */
public record EngineImage(String id, List<String> diffIds, List<String> repoDigests) {
    public EngineImage {
        diffIds = List.copyOf(diffIds);
        repoDigests = List.copyOf(repoDigests);
    }
}
