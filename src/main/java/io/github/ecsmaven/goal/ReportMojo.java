package io.github.ecsmaven.goal;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.report.History;
import io.github.ecsmaven.report.HistoryStore;
import java.nio.file.Path;
import java.time.Clock;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * Draws the project's history of builds as a page, {@code target/ecs/report.html}: builds and their stages, the errors of those that
 * failed, and the key metrics of delivery. Each recorded build writes the page too, of the builds that it shows; this goal draws
 * its charts of the whole history.
 */
@Mojo(name = "report", aggregator = true, threadSafe = true)
public final class ReportMojo extends AbstractMojo {
    /** More builds than these are not read: the charts join hundreds of them into a bar anyway. */
    private static final int MOST_BUILDS = 20_000;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    MavenSession session;

    /** Does nothing when true. Example: {@code -Decs.skip}. */
    @Parameter(property = "ecs.skip", defaultValue = "false")
    String skip;

    /** How many builds the page shows as rows, the newest ones; 100 keep it below 300 KB. Example: {@code 30}. */
    @Parameter(property = "ecs.report.builds", defaultValue = WritePage.DEFAULT_ROWS)
    String reportBuilds;

    /**
     * Where the history of builds lies: a folder, or a bucket for CI machines that forget. Default:
     * {@code ~/.ecs-maven-plugin/history}. Example: {@code s3://builds.example.com/history}.
     */
    @Parameter(property = "ecs.history")
    @Nullable String history;

    /** As of {@code ecs:push}; for a history in a bucket. */
    @Parameter(property = "ecs.region")
    @Nullable String region;

    /** As of {@code ecs:push}; for a history in a bucket. */
    @Parameter(property = "ecs.profile")
    @Nullable String profile;

    /** As of {@code ecs:push}; for a history in a bucket. */
    @Parameter(property = "ecs.roleArn")
    @Nullable String roleArn;

    /** As of {@code ecs:push}; for a history in a bucket. */
    @Parameter(property = "ecs.endpoint")
    @Nullable String endpoint;

    /** As of {@code ecs:push}: with it the history is the one on this machine. */
    @Parameter(property = "ecs.sandbox", defaultValue = "false")
    String sandbox;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        GoalRunner.run(this::drawUnlessSkipped, session.getRequest().isShowErrors());
    }

    private void drawUnlessSkipped() {
        if (OptionText.flag("ecs.skip", skip)) {
            getLog().info("Skipped (ecs.skip).");
        } else {
            draw(WritePage.rows(reportBuilds), options());
        }
    }

    private HistoryOptions options() {
        return new HistoryOptions(
                OptionText.text(history),
                OptionText.text(region),
                OptionText.text(profile),
                OptionText.text(roleArn),
                OptionText.text(endpoint),
                OptionText.flag("ecs.sandbox", sandbox),
                session.isOffline());
    }

    private void draw(int rows, HistoryOptions options) {
        MavenProject top = session.getTopLevelProject();
        String project = Reactor.name(top);
        Path page = GoalFiles.of(top).page();
        try (AwsClients aws = options.clients()) {
            HistoryStore store = options.store(aws, project, getLog()::warn);
            History.Past past = new History(store, Clock.systemUTC(), getLog()::warn).past(rows, MOST_BUILDS);
            int builds = past.sums().size();
            if (builds == 0) {
                throw Problem.ofProject(
                        "No build of " + project + " is recorded in '" + store.place() + "'.",
                        "run mvn verify or mvn deploy, which leave a record, or name the place of the records (ecs.history).");
            }
            WritePage.run(page, past);
            getLog().info("Stage view of " + (builds == 1 ? "1 build" : builds + " builds") + ": " + page);
        }
    }
}
