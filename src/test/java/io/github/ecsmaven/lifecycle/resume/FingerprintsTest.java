package io.github.ecsmaven.lifecycle.resume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.maven.model.Build;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintsTest {
    @TempDir
    Path top;

    private final List<MavenProject> all = new ArrayList<>();

    /** shop (parent) with words, hello that depends on it, checks that is a plugin of hello's, and alone. */
    @BeforeEach
    void modules() throws IOException {
        MavenProject shop = module("shop", "");
        module("words", "words").setParent(shop);
        MavenProject hello = module("hello", "hello");
        hello.setParent(shop);
        hello.getModel().addDependency(dependency("words"));
        module("checks", "checks");
        Plugin checks = new Plugin();
        checks.setGroupId("shop");
        checks.setArtifactId("checks");
        hello.getModel().getBuild().addPlugin(checks);
        module("alone", "alone");
    }

    /** A file that changes, and the modules that are made anew then. */
    @ParameterizedTest
    @CsvSource({
        "words/src/main/java/A.java, words hello",
        "words/pom.xml, words hello",
        "hello/src/main/java/A.java, hello",
        "checks/src/main/java/A.java, checks hello",
        "alone/src/main/java/A.java, alone",
        "pom.xml, shop words hello",
        "words/target/classes/A.class, ''",
        "words/README.md, ''",
    })
    void ofChangesWithAllThatAModuleIsMadeFrom(String file, String changed) throws IOException {
        Map<String, String> before = fingerprints();

        Path path = top.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "changed");

        Map<String, String> after = fingerprints();
        assertThat(after.keySet().stream()
                        .filter(name -> !after.get(name).equals(before.get(name)))
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(changed.isEmpty() ? new String[0] : changed.split(" "));
    }

    @Test
    void ofModulesAreDigests() {
        assertThat(fingerprints().values())
                .allSatisfy(print -> assertThat(print).matches("sha256:[0-9a-f]{64}"))
                .doesNotHaveDuplicates();
    }

    private Map<String, String> fingerprints() {
        Fingerprints fingerprints = new Fingerprints(all);
        Map<String, String> prints = new TreeMap<>();
        all.forEach(project -> prints.put(project.getArtifactId(), fingerprints.of(project)));
        return prints;
    }

    private MavenProject module(String name, String folder) throws IOException {
        Path pom = Files.createDirectories(top.resolve(folder)).resolve("pom.xml");
        Files.writeString(pom, name);
        Model model = new Model();
        model.setGroupId("shop");
        model.setArtifactId(name);
        model.setVersion("1");
        model.setBuild(new Build());
        MavenProject project = new MavenProject(model);
        project.setFile(pom.toFile());
        all.add(project);
        return project;
    }

    private static Dependency dependency(String name) {
        Dependency dependency = new Dependency();
        dependency.setGroupId("shop");
        dependency.setArtifactId(name);
        return dependency;
    }
}
