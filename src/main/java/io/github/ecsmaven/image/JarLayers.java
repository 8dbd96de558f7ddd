package io.github.ecsmaven.image;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.JavaContainerBuilder;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import com.google.cloud.tools.jib.api.buildplan.ModificationTimeProvider;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.image.ImageRequest.Dependency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A jar project's layers, those that change least first, and the class path that they make. */
final class JarLayers {
    private JarLayers() {}

    static List<FileEntriesLayer> of(ImageRequest request, AbsoluteUnixPath root, ModificationTimeProvider times)
            throws IOException {
        ImageRequest.Application application = request.application();
        JavaContainerBuilder builder = JavaContainerBuilder.from(ImageReference.scratch())
                .setAppRoot(root)
                .setModificationTimeProvider(times);
        builder.addDependencies(files(application, dependency -> !dependency.changesOften()));
        builder.addSnapshotDependencies(files(application, Dependency::changesOften));
        if (Files.isDirectory(application.classes())) {
            builder.addResources(application.classes(), file -> !isClass(file));
            builder.addClasses(application.classes(), JarLayers::isClass);
        }
        return builder.toContainerBuilder().toContainerBuildPlan().getLayers().stream()
                .map(FileEntriesLayer.class::cast)
                .filter(ContainerPlan::hasEntries)
                .toList();
    }

    private static boolean isClass(Path file) {
        return file.toString().endsWith(".class");
    }

    private static List<Path> files(ImageRequest.Application application, Predicate<Dependency> wanted) {
        List<Path> files = application.dependencies().stream()
                .filter(wanted)
                .map(Dependency::file)
                .toList();
        for (Path file : files) {
            // A reactor module that was only compiled is a folder; Jib would put an empty entry.
            if (!Files.isRegularFile(file)) {
                throw Problem.ofProject(
                        "The dependency '" + file + "' is no jar file, so it can't go into the image of '"
                                + application.name() + "'.",
                        "build the image in a Maven call that runs the phase package in the whole reactor.");
            }
        }
        return files;
    }

    /** Extra entries, resources, classes, then the jars: all of a folder, or each by the name that it has in the image. */
    static List<String> classpath(ImageRequest request, AbsoluteUnixPath root, List<FileEntriesLayer> layers) {
        List<String> classpath = new ArrayList<>(request.container().extraClasspath());
        classpath.add(root.resolve("resources").toString());
        classpath.add(root.resolve("classes").toString());
        if (!request.container().expandClasspathDependencies()) {
            classpath.add(root.resolve("libs").resolve("*").toString());
            return classpath;
        }
        Map<Path, String> names = new HashMap<>();
        for (FileEntriesLayer layer : layers) {
            for (FileEntry entry : layer.getEntries()) {
                names.put(entry.getSourceFile(), entry.getExtractionPath().toString());
            }
        }
        for (Dependency dependency : request.application().dependencies()) {
            classpath.add(
                    names.getOrDefault(dependency.file(), dependency.file().toString()));
        }
        return classpath;
    }
}
