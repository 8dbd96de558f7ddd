package io.github.ecsmaven.goal;

import io.github.ecsmaven.CiBuild;
import io.github.ecsmaven.ecr.PushedImage;
import io.github.ecsmaven.ecs.ConsoleLink;
import io.github.ecsmaven.ecs.Rollout;
import io.github.ecsmaven.image.BuiltImage;
import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.CleanText;
import io.github.ecsmaven.report.NewBuildId;
import io.github.ecsmaven.report.Secrets;
import io.github.ecsmaven.upload.UploadedSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/** Gathers what one Maven call did: from its stages, the reports of its tests, and what its goals left in target/ecs. */
final class CollectRecord {
    private final MavenSession session;
    private final CiBuild ci;
    private final Optional<BuildRecord.Source> source;
    private final boolean sandbox;
    private final Secrets secrets;

    /** @param secrets are hidden from what people have written, and from addresses */
    CollectRecord(
            MavenSession session, CiBuild ci, Optional<BuildRecord.Source> source, boolean sandbox, Secrets secrets) {
        this.session = session;
        this.ci = ci;
        this.source = source.map(known -> hide(known, secrets));
        this.sandbox = sandbox;
        this.secrets = secrets;
    }

    /** The call as a record of its own, yet without a number. */
    BuildRecord run(
            Instant start, Instant now, boolean interrupted, Function<MavenProject, List<BuildRecord.Stage>> stages) {
        MavenProject top = session.getTopLevelProject();
        List<BuildRecord.Module> modules = session.getProjects().stream()
                .map(project -> module(project, stages.apply(project), start))
                .filter(module -> !module.stages().isEmpty())
                .toList();
        return new BuildRecord(
                BuildRecord.SCHEMA,
                NewBuildId.at(start),
                "",
                Reactor.name(top),
                top.getVersion(),
                secrets.hide(top.getName()),
                outcome(interrupted, modules),
                start.toString(),
                now.toString(),
                Duration.between(start, now).toMillis() / 1000.0,
                source,
                trigger(),
                modules);
    }

    private BuildRecord.Outcome outcome(boolean interrupted, List<BuildRecord.Module> modules) {
        boolean failed = modules.stream()
                .flatMap(module -> module.stages().stream())
                .anyMatch(stage -> stage.status() == BuildRecord.Status.FAILED);
        boolean cutOff = interrupted
                || modules.stream()
                        .flatMap(module -> module.stages().stream())
                        .anyMatch(stage -> stage.status() == BuildRecord.Status.INTERRUPTED);
        if (failed || !cutOff && session.getResult().hasExceptions()) {
            return BuildRecord.Outcome.FAILED;
        }
        return cutOff ? BuildRecord.Outcome.INTERRUPTED : BuildRecord.Outcome.SUCCESS;
    }

    private BuildRecord.Trigger trigger() {
        return new BuildRecord.Trigger(
                ci.product(),
                ci.id(),
                ci.url().map(CleanText::withoutLogin).map(secrets::hide),
                ci.starter().map(secrets::hide),
                ci.event());
    }

    private static BuildRecord.Source hide(BuildRecord.Source source, Secrets secrets) {
        return new BuildRecord.Source(
                source.branch().map(secrets::hide),
                source.commit(),
                source.author().map(author -> new BuildRecord.Person(secrets.hide(author.name()), author.email())),
                source.message().map(secrets::hide),
                source.committed());
    }

    private BuildRecord.Module module(MavenProject project, List<BuildRecord.Stage> stages, Instant start) {
        GoalFiles files = GoalFiles.of(project);
        List<Rollout> rollouts = isOfThisCall(files.redeploy(), start) ? files.readRollouts() : List.of();
        return new BuildRecord.Module(
                project.getArtifactId(),
                stages,
                image(files, rollouts, start),
                rollouts.stream().map(this::service).toList(),
                Optional.of(files)
                        .filter(known -> isOfThisCall(known.upload(), start))
                        .flatMap(GoalFiles::readUpload)
                        .map(CollectRecord::upload));
    }

    private static BuildRecord.Upload upload(UploadedSite done) {
        return new BuildRecord.Upload(
                done.bucket(), done.prefix(), done.id(), done.files(), done.sent(), done.deleted(), done.url());
    }

    /** As far as it came: pushed, built, or run by a deploy of its own. */
    private static Optional<BuildRecord.Image> image(GoalFiles files, List<Rollout> rollouts, Instant start) {
        Optional<PushedImage> pushed = files.readPush();
        boolean deployed = pushed.isPresent()
                && rollouts.stream().anyMatch(rollout -> rollout.digest()
                        .equals(pushed.get().digest()));
        if (pushed.isPresent() && (deployed || isOfThisCall(files.push(), start))) {
            return pushed.map(image -> new BuildRecord.Image(
                    Optional.of(image.registry()),
                    Optional.of(image.repository()),
                    image.digest().toString(),
                    image.tags()));
        }
        return Optional.of(files.image())
                .filter(file -> isOfThisCall(file, start))
                .flatMap(file -> files.readImage())
                .map(BuiltImage::digest)
                .or(() -> rollouts.stream().map(Rollout::digest).findFirst())
                .map(digest -> new BuildRecord.Image(Optional.empty(), Optional.empty(), digest.toString(), List.of()));
    }

    private BuildRecord.Service service(Rollout rollout) {
        return new BuildRecord.Service(
                rollout.cluster(),
                rollout.service(),
                rollout.deploymentId(),
                rollout.outcome().name(),
                rollout.seconds(),
                rollout.url().map(secrets::hide),
                Stream.of(rollout)
                        .filter(one -> !sandbox)
                        .flatMap(one -> ConsoleLink.of(one).stream())
                        .map(url -> new BuildRecord.Link("console", url))
                        .toList());
    }

    private static boolean isOfThisCall(Path file, Instant start) {
        try {
            return Files.exists(file)
                    && !Files.getLastModifiedTime(file).toInstant().isBefore(start.minusSeconds(1));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** The first call of a build, with the time that the CI needed before it. */
    BuildRecord asFirst(BuildRecord call, String number) {
        List<BuildRecord.Module> modules = new ArrayList<>(call.modules());
        if (!modules.isEmpty()) {
            modules.set(0, withCheckout(modules.get(0), Instant.parse(call.started())));
        }
        return call.with(number, modules);
    }

    private BuildRecord.Module withCheckout(BuildRecord.Module module, Instant start) {
        Optional<BuildRecord.Stage> checkout = ci.begun()
                .filter(begun -> begun.isBefore(start))
                .map(begun -> new BuildRecord.Stage(
                        "checkout",
                        BuildRecord.Status.DONE,
                        Optional.of(begun.toString()),
                        Duration.between(begun, start).toMillis() / 1000.0,
                        Optional.empty(),
                        Optional.empty()));
        return module.withStages(
                Stream.concat(checkout.stream(), module.stages().stream()).toList());
    }
}
