package io.github.ecsmaven.image;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.ModificationTimeProvider;
import io.github.ecsmaven.image.ImageRequest.Dependency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A WAR project's layers: the exploded WAR, those parts first that change least. */
final class WarLayers {
    private static final List<String> NAMES = List.of("dependencies", "snapshot dependencies", "resources", "classes");

    private final Path war;
    private final Set<String> snapshots;

    /** @param war the exploded WAR */
    private WarLayers(Path war, List<Dependency> dependencies) {
        this.war = war;
        this.snapshots = dependencies.stream()
                .filter(Dependency::changesOften)
                .map(dependency -> dependency.file().getFileName().toString())
                .collect(Collectors.toSet());
    }

    static List<FileEntriesLayer> of(ImageRequest request, AbsoluteUnixPath root, ModificationTimeProvider times)
            throws IOException {
        Path war = Exploded.war(request);
        WarLayers layers = new WarLayers(war, request.application().dependencies());
        List<FileEntriesLayer.Builder> builders = NAMES.stream()
                .map(name -> FileEntriesLayer.builder().setName(name))
                .toList();
        for (Path file : below(war)) {
            AbsoluteUnixPath target = root.resolve(war.relativize(file));
            builders.get(NAMES.indexOf(layers.layer(file))).addEntry(file, target, times.get(file, target));
        }
        return builders.stream()
                .map(FileEntriesLayer.Builder::build)
                .filter(ContainerPlan::hasEntries)
                .toList();
    }

    private String layer(Path file) {
        if (file.startsWith(war.resolve("WEB-INF/lib")) && !Files.isDirectory(file)) {
            return snapshots.contains(file.getFileName().toString()) ? "snapshot dependencies" : "dependencies";
        }
        boolean isClass = file.startsWith(war.resolve("WEB-INF/classes"))
                && file.toString().endsWith(".class");
        return isClass ? "classes" : "resources";
    }

    /** Files and folders below a folder, in one order everywhere; none when it isn't there. */
    static List<Path> below(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !file.equals(folder)).sorted().toList();
        }
    }
}
