package io.github.ecsmaven.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerOnlyTest {
    @TempDir
    Path folder;

    @Test
    void openWhenTheFolderHoldsOtherThingsIsRefusedAndLeavesItAlone() throws IOException {
        for (String name : List.of("src", "pom.xml", "mvnw", "README.md")) {
            file(name, "rw-r--r--");
        }
        permit(folder, "rwxr-xr-x");

        assertThatThrownBy(() -> OwnerOnly.open(folder))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.text())
                        .isEqualTo("ecs.sandbox.home names the folder '" + folder
                                + "', which holds other things than a sandbox.\n"
                                + "  found there: README.md, mvnw, pom.xml, and 1 more\n"
                                + "Next: set ecs.sandbox.home to an empty folder, or to one that isn't there yet."));

        assertThat(permissions(folder)).isEqualTo("rwxr-xr-x");
        assertThat(permissions(folder.resolve("pom.xml"))).isEqualTo("rw-r--r--");
        assertThat(folder.toFile().list()).hasSize(4);
    }

    @Test
    void openWhenTheFolderIsMissingMakesItForItsOwner() throws IOException {
        OwnerOnly.open(folder.resolve("a/home"));
        assertThat(permissions(folder.resolve("a/home"))).isEqualTo("rwx------");
    }

    @Test
    void openWhenTheFolderIsEmptyClosesIt() throws IOException {
        permit(folder, "rwxrwxrwx");
        OwnerOnly.open(folder);
        assertThat(permissions(folder)).isEqualTo("rwx------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sandbox.json", "start.lock"})
    void openWhenTheFolderIsAHomeWithOtherThingsClosesIt(String mark) throws IOException {
        file(mark, "rw-------");
        file("notes", "rw-r--r--");
        permit(folder, "rwxr-xr-x");
        OwnerOnly.open(folder);
        assertThat(permissions(folder)).isEqualTo("rwx------");
    }

    @Test
    void tightenWhenTheHomeHoldsOtherThingsLeavesThem() throws IOException {
        Path script = file("tools/run.sh", "rwxr-xr-x");
        Path linked = file("elsewhere.log", "rw-r--r--");
        Files.createSymbolicLink(folder.resolve("sandbox.log"), linked);
        Path state = file("sandbox.json", "rw-r--r--");
        Path log = file("logs/task/web.log", "rwxrw-rw-");
        permit(log.getParent(), "rwxr-xr-x");

        OwnerOnly.tighten(folder);

        assertThat(permissions(script)).isEqualTo("rwxr-xr-x");
        assertThat(permissions(linked)).isEqualTo("rw-r--r--");
        assertThat(permissions(state)).isEqualTo("rw-------");
        assertThat(permissions(log)).isEqualTo("rwx------");
        assertThat(permissions(log.getParent())).isEqualTo("rwx------");
    }

    private Path file(String name, String permissions) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return permit(Files.writeString(file, name), permissions);
    }

    private static Path permit(Path path, String permissions) throws IOException {
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
