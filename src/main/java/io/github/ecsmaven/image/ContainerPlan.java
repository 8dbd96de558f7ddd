package io.github.ecsmaven.image;

import com.google.cloud.tools.jib.api.DockerClient;
import com.google.cloud.tools.jib.api.DockerDaemonImage;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.ModificationTimeProvider;
import io.github.ecsmaven.image.BuiltImage.BaseImage;
import io.github.ecsmaven.image.ImageRequest.Dependency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A request as Jib's builder: layers, entrypoint and configuration in the way of jib-maven-plugin. */
final class ContainerPlan {
    private final ImageRequest request;
    private final Instant created;
    private final ModificationTimeProvider times;

    ContainerPlan(ImageRequest request, Instant created) {
        this.request = request;
        this.created = created;
        Instant modified = OptionValues.modificationTime(request.container().filesModificationTime());
        this.times = (file, target) -> modified;
    }

    /** @param base with the digest that this build and the push use */
    JibContainerBuilder builder(BaseImage base, DockerClient docker) throws IOException {
        JibContainerBuilder builder = from(base, docker);
        boolean war = request.application().war().isPresent();
        List<FileEntriesLayer> layers = new ArrayList<>(war ? warLayers() : JarLayers.of(request, times));
        extraLayer().ifPresent(layers::add);
        builder.setFileEntriesLayers(layers);
        builder.setEntrypoint(war ? warEntrypoint() : jarEntrypoint(layers, builder));
        configure(builder);
        return builder;
    }

    private JibContainerBuilder from(BaseImage base, DockerClient docker) {
        ImageReference name =
                base.name().startsWith("tar://") ? ImageReference.scratch() : BaseResolver.reference(base.name());
        if (base.name().startsWith("docker://")) {
            return Jib.from(docker, DockerDaemonImage.named(name));
        }
        if (base.name().startsWith("tar://")) {
            return Jib.from(TarImage.at(Path.of(base.name().substring("tar://".length()))));
        }
        ImageReference fixed = ImageReference.of(
                name.getRegistry(), name.getRepository(), null, base.digest().value());
        RegistryImage image = RegistryImage.named(fixed);
        BaseResolver.retrievers(name).forEach(image::addCredentialRetriever);
        return Jib.from(image);
    }

    private void configure(JibContainerBuilder builder) {
        ContainerOptions options = request.container();
        Set<AbsoluteUnixPath> volumes = new LinkedHashSet<>();
        options.volumes().forEach(volume -> volumes.add(OptionValues.path("volumes", volume)));
        builder.setFormat(OptionValues.format(options.format()))
                .setCreationTime(created)
                .setExposedPorts(OptionValues.ports(options.ports()))
                .setVolumes(volumes)
                .setEnvironment(options.environment())
                .setLabels(options.labels())
                .setPlatforms(OptionValues.platforms(request.base().platforms()));
        options.user().ifPresent(builder::setUser);
        options.workingDirectory()
                .ifPresent(path -> builder.setWorkingDirectory(OptionValues.path("workingDirectory", path)));
        if (!options.args().isEmpty()) {
            builder.setProgramArguments(options.args());
        }
    }

    private @org.jspecify.annotations.Nullable List<String> jarEntrypoint(
            List<FileEntriesLayer> layers, JibContainerBuilder builder) throws IOException {
        ContainerOptions options = request.container();
        if (!options.entrypoint().isEmpty()) {
            return given(options.entrypoint());
        }
        String main = MainClass.of(request);
        AbsoluteUnixPath root = appRoot("/app");
        String classpath = String.join(":", JarLayers.classpath(request, root, layers));
        // A long class path breaks the command line; since Java 9 java reads arguments from a file.
        FileEntriesLayer arguments = argumentFiles(root, classpath, main);
        layers.add(arguments);
        builder.setFileEntriesLayers(layers);
        List<String> command = new ArrayList<>(List.of("java"));
        command.addAll(options.jvmFlags());
        boolean fromFile = request.application().javaRelease() >= 9;
        command.addAll(List.of("-cp", fromFile ? "@" + root.resolve("jib-classpath-file") : classpath, main));
        return command;
    }

    private FileEntriesLayer argumentFiles(AbsoluteUnixPath root, String classpath, String main) throws IOException {
        Path folder = Files.createDirectories(request.caches().application());
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("jvm arg files");
        for (List<String> file :
                List.of(List.of("jib-classpath-file", classpath), List.of("jib-main-class-file", main))) {
            Path written = folder.resolve(file.get(0));
            Files.writeString(written, file.get(1));
            AbsoluteUnixPath target = root.resolve(file.get(0));
            layer.addEntry(written, target, times.get(written, target));
        }
        return layer.build();
    }

    /** Jib's order for a WAR: the base image's entrypoint stays, bar Jetty, whose start needs its deploy module. */
    private @org.jspecify.annotations.Nullable List<String> warEntrypoint() {
        if (!request.container().entrypoint().isEmpty()) {
            return given(request.container().entrypoint());
        }
        return request.base().image().startsWith("jetty")
                ? List.of("java", "-jar", "/usr/local/jetty/start.jar", "--module=ee10-deploy")
                : null;
    }

    private static @org.jspecify.annotations.Nullable List<String> given(List<String> entrypoint) {
        return entrypoint.equals(List.of("INHERIT")) ? null : entrypoint;
    }

    private AbsoluteUnixPath appRoot(String ordinary) {
        return OptionValues.path("appRoot", request.container().appRoot().orElse(ordinary));
    }

    private List<FileEntriesLayer> warLayers() throws IOException {
        Path war = Exploded.war(request);
        Path libraries = war.resolve("WEB-INF/lib");
        Set<String> snapshots = new LinkedHashSet<>();
        for (Dependency dependency : request.application().dependencies()) {
            if (dependency.snapshot() || dependency.module()) {
                snapshots.add(dependency.file().getFileName().toString());
            }
        }
        AbsoluteUnixPath root = appRoot("/var/lib/jetty/webapps/ROOT");
        List<FileEntriesLayer.Builder> layers = new ArrayList<>();
        for (String name : List.of("dependencies", "snapshot dependencies", "resources", "classes")) {
            layers.add(FileEntriesLayer.builder().setName(name));
        }
        for (Path file : below(war)) {
            boolean library = file.startsWith(libraries) && !Files.isDirectory(file);
            boolean classFile = file.startsWith(war.resolve("WEB-INF/classes"))
                    && file.toString().endsWith(".class");
            boolean snapshot = snapshots.contains(file.getFileName().toString());
            AbsoluteUnixPath target = root.resolve(war.relativize(file));
            layers.get(library ? snapshot ? 1 : 0 : classFile ? 3 : 2).addEntry(file, target, times.get(file, target));
        }
        return layers.stream()
                .map(FileEntriesLayer.Builder::build)
                .filter(ContainerPlan::hasEntries)
                .toList();
    }

    private Optional<FileEntriesLayer> extraLayer() throws IOException {
        Path folder = request.application().extraDirectory();
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("extra files");
        for (Path file : below(folder)) {
            AbsoluteUnixPath target = AbsoluteUnixPath.get("/").resolve(folder.relativize(file));
            layer.addEntry(file, target, times.get(file, target));
        }
        return Optional.of(layer.build()).filter(ContainerPlan::hasEntries);
    }

    static boolean hasEntries(FileEntriesLayer layer) {
        return !layer.getEntries().isEmpty();
    }

    private static List<Path> below(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !file.equals(folder)).sorted().toList();
        }
    }
}
