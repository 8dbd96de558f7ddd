package io.github.ecsmaven.goal;

import io.github.ecsmaven.DurationText;
import io.github.ecsmaven.upload.PlannedUpload;
import io.github.ecsmaven.upload.UploadLog;
import io.github.ecsmaven.upload.UploadedSite;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.maven.plugin.logging.Log;

/** Tells on Maven's log how a front end is uploaded. */
final class ConsoleUploadLog extends ConsoleLog implements UploadLog {
    private static final int NAMED = 5;

    private final boolean dryRun;
    private final LastLine lastLine;
    private Optional<String> ofWayBack = Optional.empty();

    ConsoleUploadLog(Log log, ProgressLine progress, boolean dryRun) {
        this(log, progress, dryRun, LastLine.Hooks.ofJvm(), text -> System.out.println("[WARNING] " + text));
    }

    /** @param print a line past Maven's log, which may be closed by then */
    ConsoleUploadLog(Log log, ProgressLine progress, boolean dryRun, LastLine.Hooks hooks, Consumer<String> print) {
        super(log, progress);
        this.dryRun = dryRun;
        this.lastLine = new LastLine(hooks, text -> {
            progress.clear();
            print.accept(text);
        });
    }

    @Override
    public void planned(PlannedUpload plan) {
        progress.clear();
        if (plan.isNothing()) {
            log.info("All " + plan.unchanged() + " files are in " + plan.place() + " already");
            return;
        }
        log.info(verb(plan.back()) + plan.place() + ": "
                + plan.fresh().size() + " new, "
                + plan.changed().size() + " changed, " + plan.unchanged() + " unchanged, "
                + plan.deleted().size() + " to delete, " + ByteText.show(plan.bytes()));
        tell("new", plan.fresh());
        tell("changed", plan.changed());
        tell("delete", plan.deleted());
        tell("delete with the next upload", plan.retired());
    }

    private String verb(boolean back) {
        if (back) {
            return dryRun ? "Would roll back " : "Rollback of ";
        }
        return dryRun ? "Would upload to " : "Upload to ";
    }

    /** A dry run names all. */
    private void tell(String what, List<String> keys) {
        if (dryRun) {
            keys.forEach(key -> log.info("  " + what + "  " + key));
        } else {
            keys.forEach(key -> log.debug("  " + what + "  " + key));
        }
    }

    @Override
    public void ifInterrupted(String line) {
        lastLine.set(ofWayBack.orElse(line));
    }

    /** What follows brings an earlier set back by itself: the same call again would upload what is taken back here. */
    void wayBack(String place, String set) {
        String line = "Interrupted: the new files in " + place
                + ", whose smoke test failed, may still be served, some or all of them."
                + " Next: mvn ecs:upload-rollback -Decs.upload.to=" + set;
        ofWayBack = Optional.of(line);
        lastLine.set(line);
    }

    @Override
    public void progress(String what, long done, long total) {
        progress.show(what, done, total);
    }

    @Override
    public void invalidating(String distribution, String invalidation, List<String> paths) {
        progress.clear();
        log.info("CloudFront " + distribution + " forgets " + named(paths) + " (" + invalidation
                + ", not waited for: ecs.upload.wait)");
    }

    @Override
    public void invalidated(String distribution, List<String> paths, Duration took) {
        progress.clear();
        log.info("CloudFront " + distribution + " has forgotten " + named(paths) + "  " + DurationText.show(took));
    }

    private static String named(List<String> paths) {
        return String.join(", ", paths.subList(0, Math.min(NAMED, paths.size())))
                + (paths.size() > NAMED ? " and " + (paths.size() - NAMED) + " more" : "");
    }

    void gone() {
        lastLine.withdraw();
        progress.clear();
    }

    /** @param site where the sandbox serves it */
    void uploaded(UploadedSite done, Optional<String> site) {
        progress.clear();
        if (dryRun) {
            return;
        }
        String place = "s3://" + done.bucket() + "/" + done.prefix();
        String time = "  " + DurationText.show(Duration.ofMillis(done.millis()));
        String where = site.map(url -> "  " + url).orElse("");
        if (done.sent() > 0 || done.deleted() > 0) {
            log.info(done.restored()
                            .map(set -> "Brought back set " + set + " in ")
                            .orElse("Uploaded ")
                    + (done.restored().isPresent() ? place + ": " : "")
                    + done.sent() + " of " + done.files() + " files"
                    + (done.restored().isPresent() ? "" : ", " + ByteText.show(done.bytes()) + ", to " + place)
                    + (done.deleted() > 0 ? ", deleted " + done.deleted() : "")
                    + "; set " + done.id() + time + where);
        } else {
            site.ifPresent(url -> log.info("Site at " + url));
        }
        done.previous()
                .filter(set -> done.sent() > 0)
                .ifPresent(set -> log.info("  back to " + set + " with mvn ecs:upload-rollback"));
    }
}
