package io.github.ecsmaven.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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

    @Test
    void openWhenTheHomeIsALinkClosesTheFolderItNames() throws IOException {
        Path real = Files.createDirectory(folder.resolve("disk"));
        permit(real, "rwxr-xr-x");
        Path home = Files.createSymbolicLink(folder.resolve("home"), real);
        OwnerOnly.open(home);
        assertThat(home).isSymbolicLink();
        assertThat(permissions(real)).isEqualTo("rwx------");
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

    @Test
    void openWhenAnotherBuildLooksWhoOwnsTheNewHomeIsNotRefused() throws IOException {
        Path probe = file(".ecs-sandbox-owner-123", "rw-------");
        OwnerOnly.open(folder);
        assertThat(folder).isDirectoryContaining(probe::equals);
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void tightenWhenFilesComeAndGoMeanwhileClosesTheOthers() throws Exception {
        Path log = file("logs/task/web.log", "rw-r--r--");
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> comeAndGo(log.getParent(), done));
        try {
            for (int i = 0; i < 200; i++) {
                OwnerOnly.tighten(folder);
            }
        } finally {
            done.set(true);
        }
        other.get(30, TimeUnit.SECONDS);
        assertThat(permissions(log)).isEqualTo("rw-------");
    }

    private static void comeAndGo(Path folder, AtomicBoolean done) {
        try {
            while (!done.get()) {
                Path inner = Files.createDirectory(folder.resolve("inner"));
                Files.delete(Files.writeString(inner.resolve("file"), "text"));
                Files.delete(inner);
            }
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    @Test
    void closingWhenAFileIsGoneGoesOnButNotWhenItIsRefused() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file("web.log", "rw-------"), BasicFileAttributes.class);
        Path gone = folder.resolve("gone");
        OwnerOnly.Closing closing = new OwnerOnly.Closing();

        assertThat(closing.visitFile(gone, attributes)).isEqualTo(FileVisitResult.CONTINUE);
        assertThat(closing.preVisitDirectory(gone, attributes)).isEqualTo(FileVisitResult.CONTINUE);
        assertThat(closing.visitFileFailed(gone, new NoSuchFileException("gone")))
                .isEqualTo(FileVisitResult.CONTINUE);
        AccessDeniedException refused = new AccessDeniedException("secret");
        assertThatThrownBy(() -> closing.visitFileFailed(gone, refused)).isSameAs(refused);
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
