package io.github.ecsmaven.lifecycle.resume;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.RecordFile;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.model.Profile;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** What Maven knows of a module while it is built, written into its record and put back from it. */
final class ModuleState {
    private final MavenProject project;
    private final Path folder;

    ModuleState(MavenProject project) {
        this.project = project;
        this.folder = project.getBasedir().toPath().toAbsolutePath().normalize();
    }

    Path file() {
        return Path.of(project.getBuild().getDirectory()).resolve("ecs").resolve("phases.json");
    }

    String name() {
        return project.getGroupId() + ":" + project.getArtifactId() + ":" + project.getVersion();
    }

    /** Empty also for a file that can't be read, cut off or of another version: then all is done anew. */
    Optional<PhaseRecord> read() {
        try {
            return RecordFile.read(file(), PhaseRecord.class);
        } catch (Problem | UncheckedIOException unreadable) {
            return Optional.empty();
        }
    }

    void write(PhaseRecord record) {
        RecordFile.write(file(), record);
    }

    void forget() {
        try {
            Files.deleteIfExists(file());
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    Resumable.Now now(String sources) {
        return new Resumable.Now(name(), profiles(), sources, this::exists);
    }

    private boolean exists(String name) {
        Path path = folder.resolve(name);
        return Files.isRegularFile(path) || Files.isDirectory(path);
    }

    /**
     * Those that POMs have, active in this call; of settings.xml, which is another on each machine, none. One that only says where
     * to deploy is none either: a promotion with it goes on from what was made without.
     */
    private List<String> profiles() {
        return project.getInjectedProfileIds().entrySet().stream()
                .filter(of -> !of.getKey().equals("external"))
                .map(Map.Entry::getValue)
                .flatMap(List::stream)
                .distinct()
                .filter(id -> !isOfThisPlugin(id))
                .sorted()
                .toList();
    }

    private boolean isOfThisPlugin(String id) {
        List<Profile> found = Stream.iterate(project, Objects::nonNull, MavenProject::getParent)
                .flatMap(one -> one.getActiveProfiles().stream())
                .filter(profile -> profile.getId().equals(id))
                .toList();
        return !found.isEmpty() && found.stream().allMatch(ModuleState::hasOnlyOwnProperties);
    }

    /** As on the command line, properties of the plugin make nothing else of the sources. */
    private static boolean hasOnlyOwnProperties(Profile profile) {
        return profile.getProperties().stringPropertyNames().stream().allMatch(name -> name.startsWith("ecs."))
                && profile.getBuild() == null
                && profile.getDependencyManagement() == null
                && profile.getDependencies().isEmpty()
                && profile.getModules().isEmpty();
    }

    PhaseRecord record(String ended, String sources, Set<String> phases) {
        return new PhaseRecord(
                name(),
                ended,
                sources,
                profiles(),
                Phases.ALL.stream().filter(phases::contains).toList(),
                existing(project.getBuild().getOutputDirectory()),
                existing(project.getBuild().getTestOutputDirectory()),
                artifactFile(project.getArtifact()),
                project.getAttachedArtifacts().stream()
                        .flatMap(artifact -> attached(artifact).stream())
                        .toList(),
                pom(),
                new PhaseRecord.Roots(
                        generated(project.getCompileSourceRoots()), generated(project.getTestCompileSourceRoots())));
    }

    private static boolean isFile(@Nullable File file) {
        return file != null && file.isFile();
    }

    private Optional<String> existing(String path) {
        return Optional.of(path).map(Path::of).filter(Files::isDirectory).map(this::name);
    }

    /** A folder is none: the compiler's plugin names the classes until they are packaged. */
    private Optional<String> artifactFile(@Nullable Artifact artifact) {
        return Optional.ofNullable(artifact)
                .map(Artifact::getFile)
                .filter(File::isFile)
                .map(file -> name(file.toPath()));
    }

    /** Maven 4 attaches POMs by itself in each call. */
    private Optional<PhaseRecord.Attached> attached(Artifact artifact) {
        return artifactFile(artifact)
                .filter(file -> !"pom".equals(artifact.getType()))
                .map(file -> new PhaseRecord.Attached(
                        artifact.getType(),
                        Optional.ofNullable(artifact.getClassifier()).filter(name -> !name.isEmpty()),
                        artifact.getArtifactHandler().getExtension(),
                        file));
    }

    private Optional<String> pom() {
        return Optional.ofNullable(project.getFile())
                .filter(ModuleState::isFile)
                .map(file -> name(file.toPath()))
                .filter(name -> !name.equals(name(ownPom())));
    }

    /** The POM that Maven has read; a plugin may have put another in its place. */
    private Path ownPom() {
        return project.getModel().getPomFile() == null
                ? folder.resolve("pom.xml")
                : project.getModel().getPomFile().toPath();
    }

    private List<String> generated(List<String> roots) {
        Path target = Path.of(project.getBuild().getDirectory());
        return roots.stream()
                .map(Path::of)
                .filter(root -> root.startsWith(target))
                .map(this::name)
                .toList();
    }

    private String name(Path path) {
        return folder.relativize(path.toAbsolutePath().normalize()).toString().replace('\\', '/');
    }

    /** As if the phases had run in this call: so the other modules, and install and deploy, find what they made. */
    @SuppressWarnings("deprecation") // What MavenProjectHelper calls, and a participant has none.
    void putBack(PhaseRecord record, Set<String> phases) {
        phases.forEach(project::addLifecyclePhase);
        record.generatedSources().main().forEach(root -> project.addCompileSourceRoot(path(root)));
        record.generatedSources().test().forEach(root -> project.addTestCompileSourceRoot(path(root)));
        if (Phases.isPackaged(phases)) {
            record.artifact().ifPresent(file -> project.getArtifact().setFile(new File(path(file))));
            record.attached().stream().filter(this::isNew).map(this::artifact).forEach(project::addAttachedArtifact);
            record.pom().ifPresent(pom -> project.setPomFile(new File(path(pom))));
        }
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private boolean isNew(PhaseRecord.Attached attached) {
        return project.getAttachedArtifacts().stream()
                .noneMatch(other -> other.getType().equals(attached.type())
                        && Objects.equals(Optional.ofNullable(other.getClassifier()), attached.classifier()));
    }

    private Artifact artifact(PhaseRecord.Attached attached) {
        DefaultArtifactHandler handler = new DefaultArtifactHandler(attached.type());
        handler.setExtension(attached.extension());
        Artifact artifact = new DefaultArtifact(
                project.getGroupId(),
                project.getArtifactId(),
                project.getVersion(),
                null,
                attached.type(),
                attached.classifier().orElse(null),
                handler);
        artifact.setFile(new File(path(attached.file())));
        artifact.setResolved(true);
        return artifact;
    }
}
