package io.github.ecsmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The one jar, and what would be missing from it without anybody noticing. */
class PluginJarIT {
    @Test
    void holdsWhatMavenAndTheChildrenNeed() throws IOException {
        try (JarFile jar = jar()) {
            assertThat(Stream.of(
                                    "META-INF/maven/plugin.xml",
                                    "META-INF/LICENSE",
                                    "com/google/cloud/tools/jib/api/Jib.class",
                                    "com/google/common/util/concurrent/internal/InternalFutureFailureAccess.class",
                                    "com/fasterxml/jackson/databind/ObjectMapper.class",
                                    "org/testcontainers/containers/GenericContainer.class",
                                    "org/eclipse/jgit/lib/Repository.class",
                                    "org/apache/commons/compress/archivers/tar/TarArchiveInputStream.class",
                                    "org/slf4j/jul/JDK14LoggerAdapter.class")
                            .filter(name -> jar.getEntry(name) == null))
                    .isEmpty();
            assertThat(jar.getManifest().getMainAttributes().getValue("Multi-Release"))
                    .isEqualTo("true");
            assertThat(text(jar, "META-INF/LICENSE")).contains("Apache License");
        }
    }

    @Test
    void helpTellsOfEachGoalWhatItDoes() {
        MavenBuild build = MavenBuild.clock("help", "help");

        build.run("ecs:help").succeeds().says("ecs:redeploy", "ecs:sandbox-stop", "Builds the container image");
        build.with("-Ddetail", "-Dgoal=image").run("ecs:help").succeeds().says("ecs.container.ports", "User property");
    }

    @Test
    void holdsNoSignatureNoModuleAndNothingOfMaven() throws IOException {
        try (JarFile jar = jar()) {
            List<String> unwanted = jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.matches("META-INF/[^/]*\\.(SF|RSA|DSA)")
                            || name.endsWith("module-info.class")
                            || name.startsWith("codegen-resources/")
                            || name.startsWith("org/apache/maven/execution/"))
                    .toList();
            assertThat(unwanted).isEmpty();
        }
    }

    @Test
    void reducedPomHasNoDependencyThatIsResolvedAtRunTime() throws IOException {
        String pom = Files.readString(Path.of("dependency-reduced-pom.xml"));

        assertThat(pom.split("<dependency>", -1))
                .as("each dependency of the reduced POM is provided or for tests")
                .allMatch(part -> !part.contains("</dependency>")
                        || part.contains("<scope>provided</scope>")
                        || part.contains("<scope>test</scope>"));
    }

    /**
     * The dependencies are resolved once more without the provided ones: what Maven's own artifacts bring wins mediation,
     * is provided then too, and would be missing here without anybody noticing.
     */
    @Test
    void holdsEachRuntimeDependencyAndMergesTheirServices() throws IOException {
        try (JarFile jar = jar()) {
            List<Path> dependencies = runtimeDependencies();
            assertThat(dependencies).hasSizeGreaterThan(40);
            for (Path dependency : dependencies) {
                try (JarFile part = new JarFile(dependency.toFile())) {
                    assertThat(missing(part, jar)).as(dependency.toString()).isEmpty();
                }
            }
        }
    }

    private static List<Path> runtimeDependencies() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"))
                .replaceAll("(?s)<dependency>(?:(?!</dependency>).)*<scope>provided</scope>.*?</dependency>", "")
                .replaceAll("(?s)<build>.*?</build>|<reporting>.*</reporting>|<profiles>.*</profiles>", "")
                .replace("<packaging>maven-plugin</packaging>", "");
        MavenBuild build = MavenBuild.empty("plugin-jar", "runtime").write("pom.xml", pom);
        build.run(
                        "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:list",
                        "-DincludeScope=runtime",
                        "-DoutputAbsoluteArtifactFilename=true",
                        "-DoutputFile=list.txt")
                .succeeds();
        return build.lines("list.txt").stream()
                .filter(line -> line.contains(":jar:"))
                .map(line ->
                        line.replaceAll("\\x1b\\[[0-9;]*m| -- module.*", "").replaceAll(".*:(?:compile|runtime):", ""))
                .map(Path::of)
                .toList();
    }

    /** A class of the part that the jar hasn't got, or a service provider that it doesn't name. */
    private static List<String> missing(JarFile part, JarFile jar) throws IOException {
        List<String> missing = new ArrayList<>();
        for (JarEntry entry : part.stream().toList()) {
            String name = entry.getName();
            if (name.endsWith(".class") && !name.endsWith("module-info.class")) {
                if (jar.getEntry(name) == null) {
                    missing.add(name);
                }
            } else if (name.matches("META-INF/services/[^/]+")) {
                String merged = text(jar, name);
                text(part, name)
                        .lines()
                        .map(line -> line.replaceAll("#.*", "").strip())
                        .filter(provider -> !merged.contains(provider))
                        .forEach(missing::add);
            }
        }
        return missing;
    }

    private static JarFile jar() throws IOException {
        return new JarFile(System.getProperty("e2e.jar"));
    }

    private static String text(JarFile jar, String name) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
