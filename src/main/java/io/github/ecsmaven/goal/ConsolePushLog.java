package io.github.ecsmaven.goal;

import io.github.ecsmaven.DurationText;
import io.github.ecsmaven.ImageIndex;
import io.github.ecsmaven.ecr.PushLog;
import io.github.ecsmaven.ecr.PushedImage;
import io.github.ecsmaven.ecr.Severity;
import java.time.Duration;
import org.apache.maven.plugin.logging.Log;

/** Tells on Maven's log how an image is pushed. */
final class ConsolePushLog extends ConsoleLog implements PushLog {
    ConsolePushLog(Log log, ProgressLine progress) {
        super(log, progress);
    }

    @Override
    public void repositoryCreated(String repositoryUri) {
        log.info("Created repository " + repositoryUri);
    }

    @Override
    public void scanning(String why) {
        progress.clear();
        log.info("Waiting for the scan: " + why);
    }

    @Override
    public void scanned(String counts, Severity failOn) {
        log.info(
                counts.isEmpty() ? "Scan without findings" : "Scan found " + counts + "; ecs.scan.failOn is " + failOn);
    }

    @Override
    public void progress(long sent, long total) {
        progress.show("sending", sent, total);
    }

    void pushed(PushedImage image, boolean dryRun) {
        progress.clear();
        String target = image.registry() + "/" + image.repository() + "@"
                + image.digest().shortText();
        log.info((dryRun ? "Would push " : "Pushed ") + target + "  " + platforms(image) + "tags "
                + String.join(", ", image.tags()) + (dryRun ? "" : ", " + sent(image)) + "  "
                + DurationText.show(Duration.ofMillis(image.millis())));
    }

    private static String platforms(PushedImage image) {
        return image.index()
                .map(index -> index.manifests().stream()
                        .map(ImageIndex.Manifest::platform)
                        .toList())
                .map(names -> ImageIndex.inWords(names) + ", ")
                .orElse("");
    }

    private static String sent(PushedImage image) {
        return image.layersSent() == 0 ? "all layers were there" : "sent " + ByteText.show(image.bytesSent());
    }
}
