package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.Digest;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.image.BuiltImage;
import io.github.ecsmaven.image.ContainerOptions;
import io.github.ecsmaven.image.ImageLog;
import io.github.ecsmaven.image.ImageRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ImageAheadTest {
    private static final Digest DIGEST = Digest.of(new byte[] {1});
    private static final BuiltImage IMAGE = new BuiltImage(
            "ecs-test/orders:1",
            DIGEST,
            DIGEST,
            new BuiltImage.BaseImage("java:17", DIGEST),
            List.of("linux/amd64"),
            Optional.of("Main"),
            List.of(8080),
            "1970-01-01T00:00:00Z",
            1,
            1,
            1,
            1,
            true,
            Optional.empty());

    private final MavenProject project = new MavenProject();
    private final Told told = new Told();

    @TempDir
    Path folder;

    @BeforeEach
    void compile() throws IOException {
        Files.writeString(folder.resolve("Main.class"), "1");
    }

    @Test
    void takeWhenNothingHasChangedGivesTheImageAndTellsWhatWasKept() {
        begin(log -> {
            log.warning("look");
            return IMAGE;
        });

        assertThat(take(request("8080"), true)).contains(IMAGE);
        assertThat(told.lines).containsExactly("warning look");
    }

    @Test
    void takeWhenASettingHasChangedGivesNothing() {
        begin(log -> IMAGE);

        assertThat(take(request("9090"), true)).isEmpty();
    }

    @Test
    void takeWhenTheEngineIsWantedAndHasItNotGivesNothing() {
        begin(log -> IMAGE);

        assertThat(take(request("8080"), false)).isEmpty();
    }

    @Test
    void takeWhenAFileHasChangedWhileItWasBuiltGivesNothingAndTellsNoWarningTwice() {
        begin(log -> {
            log.warning("look");
            write("Main.class", "changed");
            return IMAGE;
        });

        assertThat(take(request("8080"), true)).isEmpty();
        assertThat(told.lines).singleElement().asString().startsWith("detail Files have changed");
    }

    @Test
    void takeWhenAFileHasComeGivesNothing() {
        begin(log -> IMAGE);
        take(request("8080"), true);
        write("Other.class", "2");

        assertThat(take(request("8080"), true)).isEmpty();
    }

    @Test
    void takeWhenWhatALinkPointsToHasChangedGivesNothing(@TempDir Path elsewhere) throws IOException {
        Path text = Files.writeString(elsewhere.resolve("text"), "1");
        Files.createSymbolicLink(folder.resolve("text"), text);
        begin(log -> {
            write("text", "changed");
            return IMAGE;
        });

        assertThat(take(request("8080"), true)).isEmpty();
    }

    @Test
    void takeWhenTheBaseImageWasMadeAnewMeanwhileGivesNothingAndTellsNoWarningTwice() {
        begin(log -> {
            log.warning("look");
            return IMAGE;
        });

        assertThat(take(request("8080"), true, built -> !built.equals(IMAGE))).isEmpty();
        assertThat(told.lines)
                .containsExactly("detail The base image has changed since the image was begun; building it anew.");
    }

    @Test
    void takeWhenBuildingHasMetAProblemThatMayBeOverGivesNothing() {
        begin(log -> {
            throw Problem.ofProject("The base image 'docker://java:17' can't be had.", "make it.");
        });

        assertThat(take(request("8080"), true)).isEmpty();
        assertThat(told.lines).singleElement().asString().contains("of no use", "building it anew");
    }

    @Test
    void takeWhenASettingHasChangedWaitsForTheEndOfTheOther() {
        CountDownLatch waited = new CountDownLatch(1);
        List<String> ended = new CopyOnWriteArrayList<>();
        begin(log -> {
            awaitProgressOn(waited, log);
            ended.add("the other");
            return IMAGE;
        });

        assertThat(ImageAhead.of(project).orElseThrow().take(request("9090"), true, built -> true, seen(waited)))
                .isEmpty();
        assertThat(ended).containsExactly("the other");
    }

    @Test
    void takeWhenAClassWasMissingGivesNothing() {
        begin(log -> {
            throw new NoClassDefFoundError("gone");
        });

        assertThat(take(request("8080"), true)).isEmpty();
    }

    @Test
    void takeWhenItIsStillBeingBuiltWaitsAndShowsHowFarItIs() {
        CountDownLatch waited = new CountDownLatch(1);
        Told seen = seen(waited);
        begin(log -> {
            awaitProgressOn(waited, log);
            return IMAGE;
        });

        assertThat(ImageAhead.of(project).orElseThrow().take(request("8080"), true, built -> true, seen))
                .contains(IMAGE);
        assertThat(seen.lines).contains("progress base image");
    }

    /** Somebody who waits for the image, and tells that progress is shown to him. */
    private static Told seen(CountDownLatch waited) {
        return new Told() {
            @Override
            public void progress(String what, long done, long total) {
                super.progress(what, done, total);
                waited.countDown();
            }
        };
    }

    private static void awaitProgressOn(CountDownLatch waited, ImageLog log) {
        while (waited.getCount() > 0) {
            log.progress("base image", 1, 2);
            Thread.onSpinWait();
        }
    }

    @Test
    void ofWhenNothingWasBegunIsEmpty() {
        assertThat(ImageAhead.of(project)).isEmpty();
    }

    private void begin(Function<ImageLog, BuiltImage> build) {
        ImageAhead.begin(project, request("8080"), true, build);
    }

    private Optional<BuiltImage> take(ImageRequest request, boolean loaded) {
        return take(request, loaded, built -> true);
    }

    private Optional<BuiltImage> take(ImageRequest request, boolean loaded, Predicate<BuiltImage> onItsBase) {
        return ImageAhead.of(project).orElseThrow().take(request, loaded, onItsBase, told);
    }

    private void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private ImageRequest request(String port) {
        return new ImageRequest(
                new ImageRequest.Application(
                        "orders", "1", folder, Optional.empty(), List.of(), folder.resolve("none"), 17),
                new ImageRequest.Base("docker://java:17", List.of("linux/amd64")),
                new ContainerOptions(
                        List.of(port),
                        List.of(),
                        Map.of(),
                        Map.of(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        "Docker",
                        "EPOCH",
                        "EPOCH_PLUS_SECOND",
                        Optional.empty(),
                        List.of(),
                        false),
                new ImageRequest.Caches(folder.resolveSibling("base"), folder.resolveSibling("application")));
    }

    private static class Told implements ImageLog {
        final List<String> lines = new ArrayList<>();

        @Override
        public void detail(String text) {
            lines.add("detail " + text);
        }

        @Override
        public void warning(String text) {
            lines.add("warning " + text);
        }

        @Override
        public void progress(String what, long done, long total) {
            lines.add("progress " + what);
        }
    }
}
