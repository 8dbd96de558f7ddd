package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.GitCommit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFilesTest {
    @TempDir
    Path temp;

    private Path top;
    private Path words;

    @BeforeEach
    void modules() throws IOException {
        top = Files.createDirectories(temp.resolve("checkout"));
        words = top.resolve("words");
        write("pom.xml", "top");
        write("words/pom.xml", "words");
        write("words/src/main/java/Words.java", "class Words {}");
        write("words/src/main/resources/a.txt", "a");
    }

    @Test
    void ofOutsideOfGitReadsSrc() {
        assertThat(files(words)).containsOnlyKeys("src/main/java/Words.java", "src/main/resources/a.txt");
        assertThat(files(top)).isEmpty();
    }

    @Test
    void ofAFreshCloneIsTheSameWhateverItsTimes() throws Exception {
        commit();
        Map<Path, SortedMap<String, String>> before = SourceFiles.of(List.of(top, words));
        Path clone = temp.resolve("clone");
        Git.cloneRepository()
                .setURI(top.toUri().toString())
                .setDirectory(clone.toFile())
                .call()
                .close();
        Path file = clone.resolve("words/src/main/java/Words.java");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(3600)));

        Map<Path, SortedMap<String, String>> after = SourceFiles.of(List.of(clone, clone.resolve("words")));

        assertThat(after.get(clone)).isEqualTo(before.get(top)).containsOnlyKeys("pom.xml");
        assertThat(after.get(clone.resolve("words")))
                .isEqualTo(before.get(words))
                .containsOnlyKeys("pom.xml", "src/main/java/Words.java", "src/main/resources/a.txt");
    }

    @Test
    void ofWhenAFileChangesComesOrGoesIsAnother() throws Exception {
        commit();
        SortedMap<String, String> before = files(words);

        write("words/src/main/java/Words.java", "class Words { }");
        assertThat(files(words)).as("changed").isNotEqualTo(before);
        write("words/src/main/java/Words.java", "class Words {}");
        assertThat(files(words)).as("changed back").isEqualTo(before);

        write("words/src/main/java/New.java", "class New {}");
        assertThat(files(words)).as("new").containsKey("src/main/java/New.java");
        Files.delete(words.resolve("src/main/java/New.java"));

        Files.delete(words.resolve("src/main/resources/a.txt"));
        assertThat(files(words)).as("gone").isNotEqualTo(before);
    }

    @Test
    void ofPassesOverWhatACiLaysBesideTheSources() throws Exception {
        write(".gitignore", "target/\n*.log\n");
        commit();
        Map<Path, SortedMap<String, String>> before = SourceFiles.of(List.of(top, words));

        write(".m2/repository/a/a.jar", "jar");
        write("token", "secret");
        write("words/target/classes/Words.class", "class");
        write("words/src/main/trace.log", "ignored");

        assertThat(SourceFiles.of(List.of(top, words))).isEqualTo(before);
    }

    @Test
    void ofAModuleThatGitIgnoresReadsItsSrc() throws Exception {
        write(".gitignore", "words/\n");
        commit();

        assertThat(files(words)).containsOnlyKeys("src/main/java/Words.java", "src/main/resources/a.txt");
    }

    private SortedMap<String, String> files(Path module) {
        return SourceFiles.of(List.of(top, words)).get(module);
    }

    private void commit() throws Exception {
        try (Git git = Git.init().setDirectory(top.toFile()).call()) {
            git.add().addFilepattern(".").call();
            GitCommit.of(git, "first");
        }
    }

    private void write(String file, String text) throws IOException {
        Path path = top.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
