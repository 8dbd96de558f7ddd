package io.github.ecsmaven.goal;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.aws.AwsSettings;
import io.github.ecsmaven.smoke.Fault;
import io.github.ecsmaven.upload.FileRules;
import io.github.ecsmaven.upload.FileRules.Compression;
import io.github.ecsmaven.upload.KeyPattern;
import io.github.ecsmaven.upload.UploadRequest;
import io.github.ecsmaven.upload.UploadSite;
import io.github.ecsmaven.upload.UploadedSite;
import java.io.File;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Sends the files of a front end to S3: only those that have changed, pages after the assets that they name, and what is gone
 * goes last. CloudFront is told what has changed. Bound to the phase deploy of a module in which a bucket is set.
 */
@Mojo(name = "upload", defaultPhase = LifecyclePhase.DEPLOY, threadSafe = true)
public final class UploadMojo extends UploadTarget {
    /** The folder with the built front end. Example: {@code target/web}. */
    @Parameter(property = "ecs.upload.directory", defaultValue = "${project.basedir}/dist")
    File uploadDirectory;

    /** Files that stay here, comma separated globs: {@code *.map} in any folder, {@code drafts/**} from the top. */
    @Parameter(property = "ecs.upload.excludes")
    @Nullable String uploadExcludes;

    /**
     * More entry pages, comma separated globs: they go up when all else is there. HTML files, web manifests and service workers
     * are known. Example: {@code config.json}.
     */
    @Parameter(property = "ecs.upload.pages")
    @Nullable String uploadPages;

    /**
     * {@code Cache-Control} by glob, the first that fits; a comma inside is {@code \,}. Default: what has a hash of its content in
     * its name for a year ({@code immutable}), all else {@code no-cache}. Example:
     * {@code *.pdf=max-age=3600,fonts/**=public\,max-age=86400}.
     */
    @Parameter(property = "ecs.upload.cacheControl")
    @Nullable String uploadCacheControl;

    /** {@code Content-Type} by glob. Default: by the extension, text with its charset. Example: {@code *.dat=application/x-dat}. */
    @Parameter(property = "ecs.upload.contentTypes")
    @Nullable String uploadContentTypes;

    /**
     * How text is stored: {@code none}; {@code gzip}; {@code brotli} takes what the bundler has left beside a file as
     * {@code .br}, and gzip for the rest. Not needed behind a CloudFront distribution that compresses by itself.
     */
    @Parameter(property = "ecs.upload.compress", defaultValue = "none")
    String uploadCompress;

    /** Brings the files of the set before back when the smoke test fails. Example: {@code false}. */
    @Parameter(property = "ecs.rollback", defaultValue = "true")
    String rollback;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    MojoExecution execution;

    @Override
    void checkValues(boolean deployed, Consumer<Runnable> values) {
        super.checkValues(deployed, values);
        values.accept(() -> patterns("ecs.upload.excludes", uploadExcludes));
        values.accept(() -> patterns("ecs.upload.pages", uploadPages));
        values.accept(() -> headers("ecs.upload.cacheControl", uploadCacheControl));
        values.accept(() -> headers("ecs.upload.contentTypes", uploadContentTypes));
        values.accept(() -> OptionText.choice("ecs.upload.compress", uploadCompress, Compression.class));
        values.accept(() -> OptionText.flag("ecs.rollback", rollback));
    }

    @Override
    void change(UploadRequest request) throws InterruptedException {
        FileRules rules = rules();
        siteSmoke();
        SessionRollouts rollouts = new SessionRollouts(session);
        UploadTurn turn = UploadTurn.of(rollouts.modules(), board().isCalledAtEnd());
        if (turn instanceof UploadTurn.AtEnd) {
            getLog().info("The front end goes up at the build's end, after the rollouts of the other modules.");
            doAfterAll(execution, "upload", () -> {
                requireBackEnds(UploadTurn.ofEnd(rollouts.modules(), failures()));
                upload(request, rules);
            });
            return;
        }
        if (turn instanceof UploadTurn.AfterThose) {
            await(rollouts);
            turn = UploadTurn.of(rollouts.modules(), false);
        }
        requireBackEnds(turn);
        upload(request, rules);
    }

    private void await(SessionRollouts rollouts) throws InterruptedException {
        getLog().info("The front end goes up after the rollouts that are under way.");
        rollouts().attend();
        try {
            rollouts.awaitEnds();
        } finally {
            rollouts().leave();
        }
    }

    /** As Maven itself: after a failure nothing more is begun, unless it was asked to go on. */
    private List<String> failures() {
        return Reactor.endsAtFirstFailure(session) && session.getResult().hasExceptions()
                ? List.of("The build has failed.")
                : List.of();
    }

    private void requireBackEnds(UploadTurn turn) {
        if (turn instanceof UploadTurn.Held held) {
            HeldUpload.note(board(), project);
            throw Problem.ofProject(
                    project.getArtifactId()
                            + " is not uploaded: a front end goes up only when the back ends of its build have.",
                    held.why(),
                    "see to that one first, then deploy again; the site is as it was.");
        }
    }

    private void upload(UploadRequest request, FileRules rules) throws InterruptedException {
        AwsSettings settings = aws();
        try (AwsClients clients = new AwsClients(settings, System.getenv())) {
            // The sandbox's bucket is not made for nothing.
            UploadSite.requireDirectory(uploadDirectory.toPath());
            Optional<String> site = site(clients, request);
            ConsoleUploadLog log = new ConsoleUploadLog(getLog(), progress(Clock.systemUTC()), request.dryRun());
            UploadedSite done;
            try {
                done = uploading(clients, log)
                        .upload(request, uploadDirectory.toPath(), rules)
                        .at(site);
            } finally {
                log.gone();
            }
            if (request.dryRun()) {
                siteSmoke().ifPresent(smoke -> getLog().info("Then the site would be asked " + smoke.words()));
            } else {
                record(done);
            }
            log.uploaded(done, site);
            if (!request.dryRun() && siteSmoke().isPresent()) {
                askOrGoBack(request, done, site, clients, log);
            }
        }
    }

    private void askOrGoBack(
            UploadRequest request, UploadedSite done, Optional<String> site, AwsClients clients, ConsoleUploadLog log)
            throws InterruptedException {
        Optional<Fault> fault = ask(siteSmoke().orElseThrow(), site);
        if (fault.isPresent()) {
            getLog().warn(fault.get().what());
            throw failed(request, fault.get(), goBack(request, done, clients, log));
        }
    }

    /** @return what became of it */
    private String goBack(UploadRequest request, UploadedSite done, AwsClients clients, ConsoleUploadLog log)
            throws InterruptedException {
        if (done.sent() == 0 && done.deleted() == 0) {
            return "This build has changed no file of the site, so nothing was brought back.";
        }
        if (!OptionText.flag("ecs.rollback", rollback)) {
            return "The site is left as it is (ecs.rollback=false).";
        }
        if (done.previous().isEmpty()) {
            return "There is no earlier set of files to go back to.";
        }
        log.wayBack(placeOf(request), done.previous().get());
        try {
            UploadedSite back =
                    uploading(clients, log).rollBack(request, done.previous()).at(done.url());
            record(back);
            return "Rolled back: the files of set " + done.previous().get() + " are served again.";
        } catch (Problem refused) {
            return "It could not be rolled back: " + refused.what();
        } finally {
            log.gone();
        }
    }

    FileRules rules() {
        return new FileRules(
                patterns("ecs.upload.excludes", uploadExcludes),
                patterns("ecs.upload.pages", uploadPages),
                headers("ecs.upload.cacheControl", uploadCacheControl),
                headers("ecs.upload.contentTypes", uploadContentTypes),
                OptionText.choice("ecs.upload.compress", uploadCompress, Compression.class));
    }

    private static List<KeyPattern> patterns(String property, @Nullable String globs) {
        return OptionText.list(globs).stream()
                .map(glob -> KeyPattern.of(property, glob))
                .toList();
    }

    private static List<Map.Entry<KeyPattern, String>> headers(String property, @Nullable String map) {
        return OptionText.map(property, map == null ? "" : map).entrySet().stream()
                .map(rule -> Map.entry(
                        KeyPattern.of(property, rule.getKey()), rule.getValue().trim()))
                .toList();
    }
}
