package io.github.ecsmaven.lifecycle;

import io.github.ecsmaven.goal.HeldUpload;
import io.github.ecsmaven.goal.SessionBoard;
import io.github.ecsmaven.goal.SessionSecrets;
import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.ReadError;
import io.github.ecsmaven.report.ReadTests;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.maven.execution.BuildSuccess;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutionException;
import org.apache.maven.plugin.AbstractMojoExecutionException;
import org.apache.maven.project.DependencyResolutionException;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** The stages of a module as the record holds them, with what their tests reported. */
final class RecordStages {
    /** What a module without an image comes to. */
    private static final Set<Stage> OF_ALL = EnumSet.range(Stage.COMPILE, Stage.PACKAGE);

    private final MavenSession session;
    private final StageClock clock;
    private final SessionSecrets secrets;
    private final BuildPlan plan;
    private final Function<MavenProject, Set<String>> done;
    /** Read once, for the console and for the record. */
    private final Map<Path, Optional<BuildRecord.Tests>> tests = new ConcurrentHashMap<>();

    /**
     * @param secrets are hidden from all that is told of the stages
     * @param done phases of a module that this call goes on from
     */
    RecordStages(
            MavenSession session, StageClock clock, SessionSecrets secrets, Function<MavenProject, Set<String>> done) {
        this.session = session;
        this.clock = clock;
        this.secrets = secrets;
        this.done = done;
        this.plan = BuildPlan.of(session);
    }

    /** In a build that broke also those that the module did not come to. */
    List<BuildRecord.Stage> of(MavenProject project) {
        StageClock.Module stages = clock.module(project.getId());
        Set<Stage> missing = missing(project);
        Set<Stage> skipped = skipped(project);
        List<BuildRecord.Stage> all = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            stages.took(stage)
                    .map(took -> skipped.contains(stage) && stages.end(stage) == StageClock.End.DONE
                            ? without(stage, BuildRecord.Status.SKIPPED)
                            : ran(project, stage, took, stages))
                    .or(() -> missing.contains(stage)
                            ? Optional.of(without(stage, BuildRecord.Status.NOT_RUN))
                            : Optional.empty())
                    .ifPresent(all::add);
        }
        return all;
    }

    /** Whether an earlier call has run all of it, and this one goes on from there. */
    boolean isOver(MavenProject project, Stage stage) {
        return stage.isOver(done.apply(project));
    }

    /** The stage before whose goal a module ended: the compiler's when it lacks a dependency. */
    Stage before(MavenProject project, @Nullable Throwable error) {
        if (!(error instanceof LifecycleExecutionException
                && error.getCause() instanceof DependencyResolutionException)) {
            return Stage.OTHER;
        }
        StageClock.Module stages = clock.module(project.getId());
        Set<Stage> ahead = missing(project);
        // Its resources may have been copied by then.
        ahead.removeIf(stage -> stage != Stage.COMPILE && stages.took(stage).isPresent());
        return ahead.stream().findFirst().orElse(Stage.OTHER);
    }

    private Set<Stage> missing(MavenProject project) {
        boolean whole = session.getResult().getBuildSummary(project) instanceof BuildSuccess;
        if (whole) {
            return EnumSet.noneOf(Stage.class);
        }
        Set<Stage> asked = EnumSet.noneOf(Stage.class);
        if (!"pom".equals(project.getPackaging())) {
            asked.addAll(plan.stages());
        }
        if (BuildPlan.imagePlugin(project, session).isEmpty()) {
            asked.retainAll(OF_ALL);
        }
        asked.remove(Stage.UPLOAD);
        if (isToUpload(project)) {
            asked.add(Stage.UPLOAD);
        }
        asked.removeIf(stage -> isOver(project, stage));
        return asked;
    }

    private boolean isToUpload(MavenProject project) {
        boolean asked = plan.deploys() || plan.stages().contains(Stage.UPLOAD);
        return HeldUpload.is(new SessionBoard(session), project)
                || asked && BuildPlan.uploadPlugin(project, session).isPresent();
    }

    /** Their goals had nothing to do, as their tests are skipped. */
    Set<Stage> skipped(MavenProject project) {
        Set<Stage> skipped = Stage.skipped(
                List.of(PluginSettings.given(session), project.getProperties()),
                BuildPlan.imagePlugin(project, session)
                        .map(ours -> IntegrationTests.isOff(PluginSettings.of(ours, project, session)))
                        .orElse(false));
        if (skips(project, "maven-surefire-plugin")) {
            skipped.add(Stage.UNIT_TESTS);
        }
        if (skips(project, "maven-failsafe-plugin")) {
            skipped.add(Stage.INTEGRATION_TESTS);
        }
        return skipped;
    }

    /** The plugin's own configuration leaves its tests out. */
    private boolean skips(MavenProject project, String artifactId) {
        return Optional.ofNullable(project.getPlugin("org.apache.maven.plugins:" + artifactId))
                .map(plugin -> PluginSettings.of(plugin, project, session))
                .filter(settings -> settings.on("skipTests", "skipTests") || settings.on("skip", "maven.test.skip"))
                .isPresent();
    }

    private BuildRecord.Stage ran(MavenProject project, Stage stage, Duration took, StageClock.Module stages) {
        Optional<BuildRecord.Tests> reported = tests(project, stage);
        return new BuildRecord.Stage(
                stage.text(),
                status(stages.end(stage)),
                stages.began(stage).map(String::valueOf),
                took.toMillis() / 1000.0,
                stages.error(stage)
                        .map(error -> ReadError.of(belowTop(text(error)), secrets.known()))
                        .map(error -> reported.map(tests -> ReadError.withTests(error, tests))
                                .orElse(error)),
                reported);
    }

    private static BuildRecord.Stage without(Stage stage, BuildRecord.Status status) {
        return new BuildRecord.Stage(stage.text(), status, Optional.empty(), 0, Optional.empty(), Optional.empty());
    }

    /** What the tests of a stage have reported in this call. */
    Optional<BuildRecord.Tests> tests(MavenProject project, Stage stage) {
        // A file's time may be cut to whole seconds.
        Instant since = clock.start().minusSeconds(1);
        List<Path> sources =
                project.getTestCompileSourceRoots().stream().map(Path::of).toList();
        return stage.reports()
                .map(folder -> Path.of(project.getBuild().getDirectory()).resolve(folder))
                .flatMap(folder ->
                        tests.computeIfAbsent(folder, new ReadTests(top(), sources, since, secrets.known())::in));
    }

    /** Where the tests of a stage are reported, as a person finds it from the top folder. */
    Optional<String> reports(MavenProject project, String stage) {
        return Stage.named(stage)
                .flatMap(Stage::reports)
                .map(folder -> Path.of(project.getBuild().getDirectory()).resolve(folder))
                .map(folder -> folder.startsWith(top()) ? top().relativize(folder) : folder)
                .map(Path::toString);
    }

    private Path top() {
        return session.getTopLevelProject().getBasedir().toPath();
    }

    /** The files of the project under the names that they have for everybody, not only on this machine. */
    private String belowTop(String text) {
        return text.replaceAll("(?<![\\w./\\\\-])(?:file://)?" + Pattern.quote(top() + File.separator), "");
    }

    private static BuildRecord.Status status(StageClock.End end) {
        return switch (end) {
            case DONE -> BuildRecord.Status.DONE;
            case INTERRUPTED -> BuildRecord.Status.INTERRUPTED;
            case FAILED -> BuildRecord.Status.FAILED;
        };
    }

    /** What the goal said, without what Maven puts before it; the compiler's lines stand in the long message. */
    private static String text(Throwable error) {
        Throwable said =
                error instanceof LifecycleExecutionException && error.getCause() != null ? error.getCause() : error;
        String text = said.getMessage();
        if (said instanceof AbstractMojoExecutionException goal && goal.getLongMessage() != null) {
            text = goal.getLongMessage();
        }
        return text == null || text.isBlank() ? said.toString() : text;
    }
}
