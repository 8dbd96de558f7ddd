package io.github.ecsmaven.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnCopyTest {
    @TempDir
    Path folder;

    @Test
    void ofWhenTheJarIsOverwrittenKeepsTheFirstCopyUntilTheNextStart() throws Exception {
        Path jar = Files.writeString(folder.resolve("plugin.jar"), "one");
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000));
        Path first = Path.of(OwnCopy.of(jar.toString(), folder.resolve("lib")));
        assertThat(Build.of(first.toString())).isEqualTo(Build.of(jar.toString()));

        Files.writeString(jar, "two, rebuilt");
        Files.setLastModifiedTime(jar, FileTime.fromMillis(2_000));
        assertThat(first).hasContent("one");

        Path second = Path.of(OwnCopy.of(jar.toString(), folder.resolve("lib")));
        assertThat(second).hasContent("two, rebuilt");
        assertThat(folder.resolve("lib")).isDirectoryContaining("glob:**" + second.getFileName());
        assertThat(first).doesNotExist();
    }

    @Test
    void ofWhenItIsAClassPathOfSeveralLeavesItAsItIs() throws Exception {
        String classPath = "classes" + File.pathSeparator + "other.jar";
        assertThat(OwnCopy.of(classPath, folder.resolve("lib"))).isEqualTo(classPath);
        assertThat(folder.resolve("lib")).doesNotExist();
    }
}
