package io.github.ecsmaven.lifecycle.resume;

import io.github.ecsmaven.goal.SourceFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;

/**
 * What each module of a build is made from, as one {@code sha256:}: its own files, those of the modules of the build that it
 * depends on or whose plugins it uses, and the POMs of all their parents that lie on this machine. Neither a file's time nor
 * where the project lies counts, nor what the command line says.
 */
final class Fingerprints {
    private final SortedMap<String, MavenProject> modules = new TreeMap<>();
    private final Map<Path, SortedMap<String, String>> files;

    /** @param all modules of the project, also those that this call leaves out */
    Fingerprints(List<MavenProject> all) {
        all.forEach(project -> modules.put(key(project.getGroupId(), project.getArtifactId()), project));
        files = SourceFiles.of(
                modules.values().stream().map(Fingerprints::folder).distinct().toList());
    }

    String of(MavenProject project) {
        SortedMap<String, MavenProject> parts = new TreeMap<>();
        collect(project, parts);
        StringBuilder text = new StringBuilder();
        TreeSet<String> poms = new TreeSet<>();
        parts.forEach((name, part) -> {
            files.getOrDefault(folder(part), new TreeMap<>()).forEach((file, id) -> text.append(name)
                    .append(' ')
                    .append(file)
                    .append(' ')
                    .append(id)
                    .append('\n'));
            for (MavenProject pom = part; pom != null && pom.getFile() != null; pom = pom.getParent()) {
                poms.add(key(pom.getGroupId(), pom.getArtifactId()) + " pom " + pom(pom));
            }
        });
        poms.forEach(pom -> text.append(pom).append('\n'));
        return sha256(text.toString());
    }

    private void collect(MavenProject project, SortedMap<String, MavenProject> parts) {
        String name = key(project.getGroupId(), project.getArtifactId());
        if (parts.putIfAbsent(name, project) == null) {
            Stream.concat(
                            project.getDependencies().stream().map(Fingerprints::key),
                            project.getBuildPlugins().stream()
                                    .flatMap(plugin -> Stream.concat(
                                            Stream.of(plugin.getKey()),
                                            plugin.getDependencies().stream().map(Fingerprints::key))))
                    .flatMap(other -> Optional.ofNullable(modules.get(other)).stream())
                    .forEach(other -> collect(other, parts));
        }
    }

    /** As git knows it, where it does: then its line ends are the same on all machines. */
    private String pom(MavenProject project) {
        SortedMap<String, String> known = files.getOrDefault(folder(project), new TreeMap<>());
        Path file = project.getFile().toPath();
        return known.getOrDefault(String.valueOf(file.getFileName()), SourceFiles.id(file));
    }

    private static Path folder(MavenProject project) {
        return project.getBasedir().toPath().toAbsolutePath().normalize();
    }

    private static String key(Dependency dependency) {
        return key(dependency.getGroupId(), dependency.getArtifactId());
    }

    private static String key(String groupId, String artifactId) {
        return Plugin.constructKey(groupId, artifactId);
    }

    private static String sha256(String text) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(
                                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
