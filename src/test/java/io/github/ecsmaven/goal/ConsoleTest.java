package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.Digest;
import io.github.ecsmaven.ImageIndex;
import io.github.ecsmaven.VirtualClock;
import io.github.ecsmaven.ecr.PushedImage;
import io.github.ecsmaven.image.BuiltImage;
import io.github.ecsmaven.upload.PlannedUpload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;

/** What a user reads, to the letter. */
class ConsoleTest {
    private static final Digest DIGEST = new Digest("sha256:3f9c" + "0".repeat(60));

    private final Lines log = new Lines();
    private final VirtualClock clock = new VirtualClock(Instant.EPOCH);

    @Test
    void builtWhenOneLayerIsNewSaysItsSize() {
        new ConsoleImageLog(log, ProgressLine.inLog(clock, log::info))
                .built("orders", image("public.ecr.aws/docker/library/eclipse-temurin:17-jre", 1, 12_000), millis(400));

        assertThat(log.lines)
                .containsExactly("Image orders 61 MB on eclipse-temurin:17-jre@sha256:3f9c00000000, 1 of 5 layers new"
                        + " (12 kB)  sha256:3f9c00000000  0.4 s");
    }

    @Test
    void builtWhenNothingIsNewSaysSo() {
        new ConsoleImageLog(log, ProgressLine.inLog(clock, log::info))
                .built("orders", image("docker://base/java:17", 0, 0), millis(90));

        assertThat(log.lines)
                .containsExactly(
                        "Image orders 61 MB on java:17@sha256:3f9c00000000, no new layer  sha256:3f9c00000000  0.1 s");
    }

    @Test
    void builtForSeveralPlatformsSaysWhichOneIsTested() {
        BuiltImage tested = several(Optional.of("linux/amd64"));
        new ConsoleImageLog(log, ProgressLine.inLog(clock, log::info)).built("orders", tested, millis(400));
        new ConsoleImageLog(log, ProgressLine.inLog(clock, log::info))
                .built("orders", several(Optional.empty()), millis(400));

        assertThat(log.lines)
                .containsExactly(
                        "Image orders 61 MB on java:17@sha256:3f9c00000000, linux/amd64 (tested) and linux/arm64, no new"
                                + " layer  sha256:3f9c00000000  0.4 s",
                        "Image orders 61 MB on java:17@sha256:3f9c00000000, linux/amd64 and linux/arm64, no new"
                                + " layer  sha256:3f9c00000000  0.4 s");
    }

    private final List<Thread> hooks = new ArrayList<>();

    private ConsoleUploadLog upload(List<String> printed) {
        LastLine.Hooks signals = new LastLine.Hooks() {
            @Override
            public void add(Thread hook) {
                hooks.add(hook);
            }

            @Override
            public void remove(Thread hook) {
                hooks.remove(hook);
            }
        };
        return new ConsoleUploadLog(log, ProgressLine.inLog(clock, log::info), false, signals, printed::add);
    }

    @Test
    void uploadThatASignalEndsTellsWhatTheSiteShows() {
        List<String> printed = new ArrayList<>();
        ConsoleUploadLog upload = upload(printed);

        upload.ifInterrupted("Interrupted: nothing in s3://shop-web/ was changed.");
        hooks.forEach(Thread::run);
        upload.gone();

        assertThat(printed).containsExactly("Interrupted: nothing in s3://shop-web/ was changed.");
        assertThat(hooks).as("Maven's class realm is closed when hooks run").isEmpty();
    }

    /** The same call again would upload what is taken back. */
    @Test
    void wayBackThatASignalEndsTellsHowToEndIt() {
        List<String> printed = new ArrayList<>();
        ConsoleUploadLog upload = upload(printed);
        upload.ifInterrupted("Interrupted: all pages of s3://shop-web/ are new.");
        upload.gone();

        upload.wayBack("s3://shop-web/", "20261127T151741Z-4b5c04");
        upload.ifInterrupted("Interrupted: nothing in s3://shop-web/ was changed.");
        hooks.forEach(Thread::run);

        assertThat(printed)
                .containsExactly(
                        "Interrupted: the new files in s3://shop-web/, whose smoke test failed, may still be served, some or all of them."
                                + " Next: mvn ecs:upload-rollback -Decs.upload.to=20261127T151741Z-4b5c04");
    }

    @Test
    void smokeTestThatAsksAgainIsToldWhenSomethingIsNewAndEveryTenSeconds() {
        ConsoleSmokeLog smoke = new ConsoleSmokeLog("orders", log::info, log, clock);
        for (int second = 0; second < 15; second++) {
            smoke.again("http://h/", second < 3 ? "takes no connection" : "did not answer within 1 s");
            clock.moveOn(Duration.ofSeconds(1));
        }

        assertThat(log.lines)
                .containsExactly(
                        "Smoke test of orders: http://h/ takes no connection; asking again",
                        "Smoke test of orders: http://h/ did not answer within 1 s; asking again",
                        "Smoke test of orders: http://h/ did not answer within 1 s; asking again");
    }

    @Test
    void rollbackOfAFrontEndIsNotToldAsAnUpload() {
        PlannedUpload plan =
                new PlannedUpload("s3://shop-web/", true, List.of(), List.of("index.html"), 4, List.of(), List.of(), 0);
        new ConsoleUploadLog(log, ProgressLine.inLog(clock, log::info), false).planned(plan);
        new ConsoleUploadLog(log, ProgressLine.inLog(clock, log::info), true).planned(plan);

        assertThat(log.lines)
                .containsExactly(
                        "Rollback of s3://shop-web/: 0 new, 1 changed, 4 unchanged, 0 to delete, 0 B",
                        "Would roll back s3://shop-web/: 0 new, 1 changed, 4 unchanged, 0 to delete, 0 B",
                        "  changed  index.html");
    }

    @Test
    void pushedForSeveralPlatformsNamesThem() {
        Optional<ImageIndex> index = several(Optional.empty()).index().map(BuiltImage.Index::toImageIndex);
        new ConsolePushLog(log, ProgressLine.inLog(clock, log::info))
                .pushed(new PushedImage("host", "orders", DIGEST, List.of("1.4.0"), 12_000, 1, 800, index), false);

        assertThat(log.lines)
                .containsExactly("Pushed host/orders@sha256:3f9c00000000  linux/amd64 and linux/arm64, tags 1.4.0, sent"
                        + " 12 kB  0.8 s");
    }

    @Test
    void pushedWhenLayersWereSentSaysHowMuch() {
        ConsolePushLog push = new ConsolePushLog(log, ProgressLine.inLog(clock, log::info));
        push.pushed(
                new PushedImage(
                        "host",
                        "orders",
                        DIGEST,
                        List.of("1.4.0", "git-0a1b2c3d4e5f"),
                        12_000,
                        1,
                        800,
                        Optional.empty()),
                false);
        push.pushed(new PushedImage("host", "orders", DIGEST, List.of("1.4.0"), 0, 0, 800, Optional.empty()), false);
        push.pushed(new PushedImage("host", "orders", DIGEST, List.of("1.4.0"), 0, 0, 800, Optional.empty()), true);

        assertThat(log.lines)
                .containsExactly(
                        "Pushed host/orders@sha256:3f9c00000000  tags 1.4.0, git-0a1b2c3d4e5f, sent 12 kB  0.8 s",
                        "Pushed host/orders@sha256:3f9c00000000  tags 1.4.0, all layers were there  0.8 s",
                        "Would push host/orders@sha256:3f9c00000000  tags 1.4.0  0.8 s");
    }

    @Test
    void stateWhenNothingChangesIsToldEveryTenSeconds() {
        RolloutTable table = RolloutTable.inLog();
        ConsoleRolloutLog rollout = new ConsoleRolloutLog(log, "orders", table);
        table.attend();
        rollout.planned("Rollout of orders in uat: revision 17 -> 18 (image only)");
        for (int second = 0; second <= 12; second++) {
            rollout.state(Duration.ofSeconds(second), second < 11 ? "new 0/2" : "new 2/2");
        }
        rollout.event(Duration.ofSeconds(12), "(service orders) has reached a steady state.");
        rollout.event(Duration.ofSeconds(12), "(service orders) was unable to place a task.");

        assertThat(log.lines)
                .containsExactly(
                        "Rollout of orders in uat: revision 17 -> 18 (image only)",
                        "  orders    0 s  new 0/2",
                        "  orders   10 s  new 0/2",
                        "  orders   11 s  new 2/2",
                        "  orders   12 s  (service orders) was unable to place a task.");
    }

    @Test
    void stateOfSeveralServicesStandsInColumns() {
        RolloutTable table = RolloutTable.inLog();
        table.attend();
        ConsoleRolloutLog orders = new ConsoleRolloutLog(log, "orders", table);
        ConsoleRolloutLog worker = new ConsoleRolloutLog(log, "orders-worker", table);
        orders.state(Duration.ofSeconds(1), "new 0/2");
        worker.state(Duration.ofSeconds(1), "new 0/1");
        worker.event(Duration.ofSeconds(12), "(service orders-worker) was unable to place a task.");
        orders.ended(Duration.ofSeconds(100), "completed");

        assertThat(log.lines)
                .containsExactly(
                        "  orders           1 s  new 0/2",
                        "  orders-worker    1 s  new 0/1",
                        "  orders-worker   12 s  (service orders-worker) was unable to place a task.",
                        "  orders         100 s  completed");
    }

    @Test
    void stateWhenOnlyTheWaitIsOverIsNoNews() {
        RolloutTable table = RolloutTable.inLog();
        table.attend();
        ConsoleRolloutLog rollout = new ConsoleRolloutLog(log, "orders", table);
        rollout.state(Duration.ofSeconds(5), "new 2/2, ECS has not completed it yet");
        rollout.state(Duration.ofSeconds(6), "new 2/2");
        rollout.state(Duration.ofSeconds(7), "new 2/2 (1 healthy)");

        assertThat(log.lines)
                .containsExactly(
                        "  orders    5 s  new 2/2, ECS has not completed it yet",
                        "  orders    7 s  new 2/2 (1 healthy)");
    }

    @Test
    void showWhenALogIsWrittenWaitsTenSeconds() {
        ProgressLine progress = ProgressLine.inLog(clock, log::info);
        for (int second = 0; second <= 25; second++) {
            progress.show("sending", second * 1_000_000L, 61_000_000);
            clock.moveOn(Duration.ofSeconds(1));
        }
        progress.clear();

        assertThat(log.lines).containsExactly("  sending 10 MB of 61 MB…", "  sending 20 MB of 61 MB…");
    }

    @Test
    void showWhenATerminalIsWatchedWritesOverTheLineAndClearsIt() {
        ProgressLine progress = ProgressLine.inPlace(clock, log::info);
        progress.show("loading", 0, 61_000_000);
        clock.moveOn(Duration.ofSeconds(3));
        progress.show("loading", 0, 61_000_000);
        clock.moveOn(Duration.ofSeconds(1));
        progress.show("sent", 0, 0);
        progress.clear();
        progress.clear();

        assertThat(log.lines).containsExactly("\r  loading 61 MB…", "\r  sent…         ", "\r                \r");
    }

    private static BuiltImage several(Optional<String> tested) {
        List<BuiltImage.Child> children = List.of(
                new BuiltImage.Child("linux/amd64", DIGEST, 1, DIGEST, DIGEST),
                new BuiltImage.Child("linux/arm64", DIGEST, 1, DIGEST, DIGEST));
        return image("registry/java:17", 0, 0, Optional.of(new BuiltImage.Index(ImageIndex.OCI, tested, children)));
    }

    private static BuiltImage image(String base, int newLayers, long newBytes) {
        return image(base, newLayers, newBytes, Optional.empty());
    }

    private static BuiltImage image(String base, int newLayers, long newBytes, Optional<BuiltImage.Index> index) {
        return new BuiltImage(
                "ecs-test/orders",
                DIGEST,
                DIGEST,
                new BuiltImage.BaseImage(base, DIGEST),
                List.of("linux/amd64"),
                Optional.empty(),
                List.of(),
                "1970-01-01T00:00:00Z",
                61_000_000,
                5,
                newLayers,
                newBytes,
                false,
                index);
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    static final class Lines extends SystemStreamLog {
        final List<String> lines = new ArrayList<>();

        @Override
        public void info(CharSequence content) {
            lines.add(content.toString());
        }
    }
}
