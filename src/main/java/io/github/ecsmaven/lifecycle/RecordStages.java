package io.github.ecsmaven.lifecycle;

import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.ReadError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.execution.BuildSuccess;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutionException;
import org.apache.maven.plugin.AbstractMojoExecutionException;
import org.apache.maven.project.MavenProject;

/** The stages of a module as the record holds them. */
final class RecordStages {
    /** What a module without an image comes to. */
    private static final Set<Stage> OF_ALL = EnumSet.range(Stage.COMPILE, Stage.PACKAGE);

    private final MavenSession session;
    private final StageClock clock;
    private final BuildPlan plan;

    RecordStages(MavenSession session, StageClock clock) {
        this.session = session;
        this.clock = clock;
        this.plan = BuildPlan.of(session);
    }

    /** In a build that broke also those that the module did not come to. */
    List<BuildRecord.Stage> of(MavenProject project) {
        StageClock.Module stages = clock.module(project.getId());
        Set<Stage> missing = missing(project);
        List<BuildRecord.Stage> all = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            stages.took(stage)
                    .map(took -> ran(stage, took, stages))
                    .or(() -> missing.contains(stage) ? Optional.of(notRun(stage)) : Optional.empty())
                    .ifPresent(all::add);
        }
        return all;
    }

    private Set<Stage> missing(MavenProject project) {
        boolean whole = session.getResult().getBuildSummary(project) instanceof BuildSuccess;
        if (whole || "pom".equals(project.getPackaging())) {
            return Set.of();
        }
        Set<Stage> asked = EnumSet.noneOf(Stage.class);
        asked.addAll(plan.stages());
        if (BuildPlan.imagePlugin(project, session).isEmpty()) {
            asked.retainAll(OF_ALL);
        }
        return asked;
    }

    private static BuildRecord.Stage ran(Stage stage, Duration took, StageClock.Module stages) {
        return new BuildRecord.Stage(
                stage.text(),
                status(stages.end(stage)),
                stages.began(stage).map(String::valueOf),
                took.toMillis() / 1000.0,
                stages.error(stage).map(error -> ReadError.of(text(error))),
                Optional.empty());
    }

    private static BuildRecord.Stage notRun(Stage stage) {
        return new BuildRecord.Stage(
                stage.text(), BuildRecord.Status.NOT_RUN, Optional.empty(), 0, Optional.empty(), Optional.empty());
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
