package io.github.ecsmaven.image;

import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.buildplan.LayerObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The layers that a project adds to its base image, and which of them are new. */
final class OwnLayers {
    private final List<? extends LayerObject> layers;
    private final Set<String> cached;

    /** @param cached what {@link #cached(Path)} was before the build */
    OwnLayers(JibContainerBuilder builder, Set<String> cached) {
        this.layers = builder.toContainerBuildPlan().getLayers();
        this.cached = Set.copyOf(cached);
    }

    /** Without the file of java's arguments: a user knows only his own parts. */
    int count() {
        return (int) layers.stream().filter(OwnLayers::isKnown).count();
    }

    /** Compressed sizes of the new ones in bytes. */
    List<Long> fresh(JibImage image) {
        List<String> hashes = image.layerHashes();
        int base = hashes.size() - layers.size();
        List<Long> sizes = new ArrayList<>();
        for (int at = 0; at < layers.size(); at++) {
            if (isKnown(layers.get(at)) && !cached.contains(hashes.get(base + at))) {
                sizes.add(image.layerSizes().get(base + at));
            }
        }
        return sizes;
    }

    private static boolean isKnown(LayerObject layer) {
        return !ContainerPlan.ARGUMENTS.equals(layer.getName());
    }

    /** The layers in Jib's cache; after a build it has all. */
    static Set<String> cached(Path cache) throws IOException {
        Path folder = cache.resolve("layers");
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> found = Files.list(folder)) {
            return found.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}
