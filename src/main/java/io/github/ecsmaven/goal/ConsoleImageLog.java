package io.github.ecsmaven.goal;

import io.github.ecsmaven.DurationText;
import io.github.ecsmaven.ImageIndex;
import io.github.ecsmaven.image.BuiltImage;
import io.github.ecsmaven.image.ImageLog;
import java.time.Duration;
import org.apache.maven.plugin.logging.Log;

/** Tells on Maven's log how an image is built. */
final class ConsoleImageLog extends ConsoleLog implements ImageLog {
    ConsoleImageLog(Log log, ProgressLine progress) {
        super(log, progress);
    }

    @Override
    public void progress(String what, long done, long total) {
        progress.show(what, done, total);
    }

    /** {@code linux/amd64 (tested) and linux/arm64}. */
    static String platforms(BuiltImage.Index index) {
        return ImageIndex.inWords(index.manifests().stream()
                .map(BuiltImage.Child::platform)
                .map(platform ->
                        index.tested().filter(platform::equals).isPresent() ? platform + " (tested)" : platform)
                .toList());
    }

    void built(String name, BuiltImage image, Duration took) {
        progress.clear();
        String fresh = image.newLayers() == 0
                ? "no new layer"
                : image.newLayers() + " of " + image.layers() + " layers new (" + ByteText.show(image.newBytes()) + ")";
        String base = image.base().name();
        String platforms = image.index().map(index -> ", " + platforms(index)).orElse("");
        log.info("Image " + name + " " + ByteText.show(image.size()) + " on "
                + base.substring(base.lastIndexOf('/') + 1)
                + (base.contains("@") || base.equals("scratch")
                        ? ""
                        : "@" + image.base().digest().shortText()) + platforms + ", " + fresh + "  "
                + image.digest().shortText() + "  " + DurationText.show(took));
    }
}
