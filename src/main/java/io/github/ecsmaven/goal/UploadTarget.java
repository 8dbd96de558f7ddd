package io.github.ecsmaven.goal;

import io.github.ecsmaven.DurationText;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.RecordFile;
import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.smoke.Fault;
import io.github.ecsmaven.smoke.SmokeRequest;
import io.github.ecsmaven.upload.Deletion;
import io.github.ecsmaven.upload.UploadRequest;
import io.github.ecsmaven.upload.UploadRequest.CloudFront;
import io.github.ecsmaven.upload.UploadRequest.Holder;
import io.github.ecsmaven.upload.UploadRequest.Place;
import io.github.ecsmaven.upload.UploadSite;
import io.github.ecsmaven.upload.UploadedSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** The goals that change a front end's bucket. */
abstract class UploadTarget extends SmokeMojo {
    private static final int MOST_AT_ONCE = 64;
    private static final Pattern PROCESS = Pattern.compile("process (\\d{1,10}) on (\\S+)");

    /** S3 bucket of the front end. Example: {@code shop-web}. */
    @Parameter(property = "ecs.upload.bucket")
    @Nullable String uploadBucket;

    /** Folder in the bucket. Default: its top. Example: {@code shop}. */
    @Parameter(property = "ecs.upload.prefix")
    @Nullable String uploadPrefix;

    /** How many earlier sets of files are kept in the bucket, to go back to; 0 keeps none. Example: {@code 10}. */
    @Parameter(property = "ecs.upload.keep", defaultValue = "5")
    String uploadKeep;

    /**
     * When files go that are no longer in the directory; always after everything new is there. {@code later}: pages at once,
     * assets with the upload after, as pages that are open or cached may ask for them; {@code now}: all at once;
     * {@code never}. What other tools have put into the bucket always stays.
     */
    @Parameter(property = "ecs.upload.delete", defaultValue = "later")
    String uploadDelete;

    /** How many files travel at the same time, 1 to 64. Example: {@code 32}. */
    @Parameter(property = "ecs.upload.parallel", defaultValue = "16")
    String uploadParallel;

    /** Id of the CloudFront distribution before the bucket: it is told what has changed. Default: none. Example: {@code E2QWRUHAPOMQZL}. */
    @Parameter(property = "ecs.upload.distribution")
    @Nullable String uploadDistribution;

    /**
     * Path of the directory on the distribution. Default: {@code /} and the prefix; set it to {@code /} when the
     * distribution's origin path is the prefix. Example: {@code /shop}.
     */
    @Parameter(property = "ecs.upload.path")
    @Nullable String uploadPath;

    /** Waits until CloudFront has forgotten what has changed. Example: {@code false}. */
    @Parameter(property = "ecs.upload.wait", defaultValue = "true")
    String uploadWait;

    /** How long to wait for CloudFront; then the build fails. As {@code 90s}, {@code 15m} or ISO 8601. */
    @Parameter(property = "ecs.upload.timeout", defaultValue = "15m")
    String uploadTimeout;

    /** Says what would change and changes nothing. Example: {@code -Decs.dryRun}. */
    @Parameter(property = "ecs.dryRun", defaultValue = "false")
    String dryRun;

    /** Any packaging: a front end needs no jar. */
    @Override
    final boolean concerns(MavenProject module) {
        return true;
    }

    @Override
    void checkValues(boolean deployed, Consumer<Runnable> values) {
        super.checkValues(deployed, values);
        if (isForModule()) {
            values.accept(this::requireGivenSite);
            values.accept(this::atOnce);
            values.accept(this::place);
            values.accept(() -> OptionText.count("ecs.upload.keep", uploadKeep));
            values.accept(() -> OptionText.choice("ecs.upload.delete", uploadDelete, Deletion.class));
            values.accept(() -> OptionText.flag("ecs.dryRun", dryRun));
            values.accept(() -> OptionText.flag("ecs.upload.wait", uploadWait));
            values.accept(() -> DurationText.parse("ecs.upload.timeout", uploadTimeout));
            values.accept(this::siteSmoke);
        }
    }

    /** @throws Problem when the site could not be asked */
    final Optional<SmokeRequest> siteSmoke() {
        Optional<SmokeRequest> smoke = smoke();
        if (smoke.filter(SmokeRequest::needsAddress).isPresent() && !onSandbox()) {
            throw Problem.ofProject(
                    "The smoke test of the front end is relative (ecs.smoke.url), and only the sandbox knows the address of a bucket's site.",
                    "write the whole address, for example ecs.smoke.url=https://shop.example.com/.");
        }
        if (smoke.isPresent()
                && OptionText.text(uploadDistribution).isPresent()
                && !OptionText.flag("ecs.upload.wait", uploadWait)) {
            throw Problem.ofProject(
                    "A smoke test asks for the new pages (ecs.smoke.url), but nobody waits until CloudFront has forgotten the old ones (ecs.upload.wait=false).",
                    "remove one of the two: ecs.upload.wait=false, or ecs.smoke.url.");
        }
        return smoke;
    }

    /** Asks the site. */
    final Optional<Fault> ask(SmokeRequest smoke, Optional<String> site) throws InterruptedException {
        long begun = System.nanoTime();
        Optional<Fault> fault =
                asking(smoke, project.getArtifactId(), getLog()::info).run(smoke, site);
        new SmokePart(board(), project)
                .asked(project.getArtifactId(), Duration.ofNanos(System.nanoTime() - begun), fault.isEmpty());
        return fault;
    }

    final Problem failed(UploadRequest request, Fault fault, String after) {
        List<String> evidence = new ArrayList<>(fault.evidence());
        evidence.add(after);
        return Problem.ofProject(
                "The smoke test of the front end in " + placeOf(request) + " failed: " + fault.what(),
                evidence,
                fault.next(""));
    }

    static String placeOf(UploadRequest request) {
        return "s3://" + request.place().bucket() + "/" + request.place().prefix();
    }

    private int atOnce() {
        int atOnce = OptionText.count("ecs.upload.parallel", uploadParallel);
        if (atOnce < 1 || atOnce > MOST_AT_ONCE) {
            throw Problem.ofProject(
                    "'" + atOnce + "' files can't travel at the same time (ecs.upload.parallel).",
                    "write a number from 1 to " + MOST_AT_ONCE + ".");
        }
        return atOnce;
    }

    private Place place() {
        return Place.of(
                OptionText.text(uploadBucket)
                        .orElseThrow(() -> Problem.ofProject(
                                "No bucket is named (ecs.upload.bucket).",
                                "set ecs.upload.bucket to the front end's bucket.")),
                OptionText.text(uploadPrefix).orElse(""));
    }

    private void requireGivenSite() {
        GivenTarget given = given();
        given.require("ecs.upload.bucket", uploadBucket);
        given.require("ecs.upload.prefix", uploadPrefix);
        given.require("ecs.upload.distribution", uploadDistribution);
    }

    final UploadRequest request() {
        requireGivenSite();
        int atOnce = atOnce();
        Place place = place();
        return new UploadRequest(
                place,
                OptionText.count("ecs.upload.keep", uploadKeep),
                OptionText.choice("ecs.upload.delete", uploadDelete, Deletion.class),
                atOnce,
                OptionText.flag("ecs.dryRun", dryRun),
                holder(System.getenv()),
                OptionText.text(uploadDistribution).map(id -> distribution(id, place)));
    }

    private CloudFront distribution(String id, Place place) {
        String path = ("/" + OptionText.text(uploadPath).orElse(place.prefix()) + "/").replaceAll("/{2,}", "/");
        return new CloudFront(
                id,
                path,
                OptionText.flag("ecs.upload.wait", uploadWait),
                DurationText.parse("ecs.upload.timeout", uploadTimeout));
    }

    /** So that an upload which was broken off on this machine does not hold up the next. */
    static Holder holder(Map<String, String> environment) {
        String host = Optional.ofNullable(environment.get("HOSTNAME"))
                .or(() -> Optional.ofNullable(environment.get("COMPUTERNAME")))
                .or(UploadTarget::hostOfLinux)
                .map(name -> name.replaceAll("\\s", ""))
                .filter(name -> !name.isEmpty())
                .orElse("");
        String name = "process " + ProcessHandle.current().pid() + (host.isEmpty() ? "" : " on " + host);
        return new Holder(name, other -> {
            Matcher process = PROCESS.matcher(other);
            return process.matches()
                    && process.group(2).equals(host)
                    && ProcessHandle.of(Long.parseLong(process.group(1))).isEmpty();
        });
    }

    /** Shells know it, and don't hand it on. */
    private static Optional<String> hostOfLinux() {
        try {
            return Optional.of(Files.readString(Path.of("/etc/hostname")));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** Among several modules those without a bucket have no front end. */
    private boolean isForModule() {
        return OptionText.text(uploadBucket).isPresent()
                || session.getProjects().size() == 1;
    }

    @Override
    final void work() throws Exception {
        if (!isForModule()) {
            getLog().debug("Nothing to do: no bucket is set in this module (ecs.upload.bucket).");
            return;
        }
        change(request());
    }

    /** What this goal does with the bucket. */
    abstract void change(UploadRequest request) throws Exception;

    /** @return where the sandbox serves the bucket's files; empty on AWS */
    final Optional<String> site(AwsClients clients, UploadRequest request) {
        return onSandbox() && !request.dryRun()
                ? Optional.of(SandboxBucket.ensure(clients.s3(), request.place().bucket())
                        + request.place().prefix())
                : Optional.empty();
    }

    /** For the next goal, the summary and the build's record. */
    final void record(UploadedSite done) {
        RecordFile.write(files().upload(), done);
        board().note(project, "bucket", "s3://" + done.bucket() + "/" + done.prefix());
        board().note(project, "set", done.id());
        done.url().ifPresent(url -> board().note(project, "site", url));
    }

    final UploadSite uploading(AwsClients clients, ConsoleUploadLog log) {
        return new UploadSite(
                clients::s3, clients::cloudFront, log, Clock.systemUTC(), time -> Thread.sleep(time.toMillis()));
    }
}
