package io.github.ecsmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    private static JarFile jar() throws IOException {
        return new JarFile(System.getProperty("e2e.jar"));
    }

    private static String text(JarFile jar, String name) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
