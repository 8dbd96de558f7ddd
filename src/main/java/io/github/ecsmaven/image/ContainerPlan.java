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
import com.google.cloud.tools.jib.api.buildplan.Platform;
import io.github.ecsmaven.DockerLogins;
import io.github.ecsmaven.Logins;
import io.github.ecsmaven.image.BuiltImage.BaseImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request as Jib's builder: layers, entrypoint and configuration in the way of jib-maven-plugin. */
final class ContainerPlan {
    /** The layer of {@code expandClasspathDependencies}; a user knows the others. */
    static final String ARGUMENTS = "jvm arg files";

    private final ImageRequest request;
    private final ContainerValues values;
    private final Optional<String> mainClass;
    private final Logins logins;
    private final ModificationTimeProvider times;

    /** @param mainClass empty for a WAR or an own entrypoint */
    ContainerPlan(ImageRequest request, ContainerValues values, Optional<String> mainClass) {
        this(request, values, mainClass, DockerLogins::of);
    }

    /** @param logins to the base image's registry */
    ContainerPlan(ImageRequest request, ContainerValues values, Optional<String> mainClass, Logins logins) {
        this.logins = logins;
        this.request = request;
        this.values = values;
        this.mainClass = mainClass;
        this.times = (file, target) -> values.modified();
    }

    /**
     * @param base with the digest that this build and the push use
     * @param platform the one that is built, of those of the request
     */
    JibContainerBuilder builder(BaseImage base, Platform platform, DockerClient docker) throws IOException {
        List<FileEntriesLayer> layers = new ArrayList<>(applicationLayers());
        extraLayer().ifPresent(layers::add);
        List<String> entrypoint = entrypoint(layers);
        JibContainerBuilder builder = from(base, docker);
        builder.setFileEntriesLayers(layers).setEntrypoint(entrypoint);
        configure(builder);
        return builder.setPlatforms(Set.of(platform));
    }

    private JibContainerBuilder from(BaseImage base, DockerClient docker) {
        if (base.name().equals(BaseResolver.SCRATCH)) {
            return Jib.fromScratch();
        }
        if (base.name().startsWith("tar://")) {
            return Jib.from(TarImage.at(Path.of(base.name().substring("tar://".length()))));
        }
        ImageReference name = BaseResolver.reference(base.name());
        if (base.name().startsWith("docker://")) {
            return Jib.from(docker, DockerDaemonImage.named(name));
        }
        ImageReference fixed = ImageReference.of(
                name.getRegistry(), name.getRepository(), null, base.digest().value());
        RegistryImage image = RegistryImage.named(fixed);
        logins.of(name).forEach(image::addCredentialRetriever);
        return Jib.from(image);
    }

    private void configure(JibContainerBuilder builder) {
        ContainerOptions options = request.container();
        builder.setFormat(values.format())
                .setCreationTime(values.created())
                .setExposedPorts(values.ports())
                .setVolumes(values.volumes())
                .setEnvironment(options.environment())
                .setLabels(options.labels());
        options.user().ifPresent(builder::setUser);
        values.workingDirectory().ifPresent(builder::setWorkingDirectory);
        if (!options.args().isEmpty()) {
            builder.setProgramArguments(options.args());
        }
    }

    private boolean isWar() {
        return request.application().war().isPresent();
    }

    private List<FileEntriesLayer> applicationLayers() throws IOException {
        return isWar()
                ? WarLayers.of(request, values.appRoot("/var/lib/jetty/webapps/ROOT"), times)
                : JarLayers.of(request, values.appRoot("/app"), times);
    }

    private @Nullable List<String> entrypoint(List<FileEntriesLayer> layers) throws IOException {
        List<String> given = request.container().entrypoint();
        if (!given.isEmpty()) {
            return given.equals(List.of("INHERIT")) ? null : given;
        }
        return isWar() ? warEntrypoint() : jarEntrypoint(layers);
    }

    /** The base image's own, bar Jetty 12 (Jib's base for a WAR), which needs to be told which kind of WAR it gets. */
    private @Nullable List<String> warEntrypoint() {
        String base = request.base().image();
        boolean jetty = !base.startsWith("tar://")
                && BaseResolver.reference(base).getRepository().equals("library/jetty");
        return jetty ? List.of("java", "-jar", "/usr/local/jetty/start.jar", "--module=ee10-deploy") : null;
    }

    private List<String> jarEntrypoint(List<FileEntriesLayer> layers) throws IOException {
        AbsoluteUnixPath root = values.appRoot("/app");
        String classpath = String.join(":", JarLayers.classpath(request, root, layers));
        if (request.container().expandClasspathDependencies()
                && request.application().javaRelease() >= 9) {
            layers.add(argumentFile(root, classpath));
            classpath = "@" + root.resolve("jib-classpath-file");
        }
        List<String> command = new ArrayList<>(List.of("java"));
        command.addAll(request.container().jvmFlags());
        command.addAll(List.of("-cp", classpath, mainClass.orElseThrow()));
        return command;
    }

    /** A long class path breaks the command line; since Java 9 java reads arguments from a file. */
    private FileEntriesLayer argumentFile(AbsoluteUnixPath root, String classpath) throws IOException {
        Path folder = Files.createDirectories(request.caches().application());
        Path file = Files.writeString(folder.resolve("jib-classpath-file"), classpath);
        AbsoluteUnixPath target = root.resolve("jib-classpath-file");
        return FileEntriesLayer.builder()
                .setName(ARGUMENTS)
                .addEntry(file, target, times.get(file, target))
                .build();
    }

    private Optional<FileEntriesLayer> extraLayer() throws IOException {
        Path folder = request.application().extraDirectory();
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("extra files");
        for (Path file : WarLayers.below(folder)) {
            AbsoluteUnixPath target = AbsoluteUnixPath.get("/").resolve(folder.relativize(file));
            layer.addEntry(file, target, times.get(file, target));
        }
        return Optional.of(layer.build()).filter(ContainerPlan::hasEntries);
    }

    static boolean hasEntries(FileEntriesLayer layer) {
        return !layer.getEntries().isEmpty();
    }
}
