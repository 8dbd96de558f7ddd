package io.github.ecsmaven.goal;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.image.ImageRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/** What all goals of a module have in common: when they have nothing to do, their files, and their error path. */
abstract class EcsMojo extends AbstractMojo {
    private static final Set<String> PACKAGINGS = Set.of("jar", "war");

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    MavenSession session;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    MavenProject project;

    @Inject
    SettingsDecrypter decrypter;

    /** Does nothing in this module when true. Example: {@code -Decs.skip}. */
    @Parameter(property = "ecs.skip", defaultValue = "false")
    String skip;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        GoalRunner.run(this::workUnlessSkipped, session.getRequest().isShowErrors(), this::hide);
    }

    /** What the record hides, the console does too. */
    final String hide(String text) {
        return new SessionSecrets(session, Optional.ofNullable(decrypter))
                .known()
                .hide(text);
    }

    private void workUnlessSkipped() throws Exception {
        if (isSkipped()) {
            getLog().info("Skipped (ecs.skip).");
        } else if (!concerns(project)) {
            getLog().debug("Nothing to do for packaging '" + project.getPackaging() + "'.");
        } else {
            work();
        }
    }

    /** Whether this goal has anything to do in modules of that packaging. */
    boolean concerns(MavenProject module) {
        return mayGetImage(module);
    }

    static boolean mayGetImage(MavenProject project) {
        return PACKAGINGS.contains(project.getPackaging());
    }

    final boolean isSkipped() {
        return OptionText.flag("ecs.skip", skip);
    }

    /** What this goal does. */
    abstract void work() throws Exception;

    /**
     * Reads the values as {@link #work} does, so that one that can't be right is refused before the build begins. Nothing is
     * changed, and neither Docker nor AWS is asked.
     *
     * @param deployed false for a module that may turn out to be a library: a file which its parent's pom names need not be
     *     in it
     * @param values told each reading, which throws a {@link Problem} when a value can't be right
     */
    void checkValues(boolean deployed, Consumer<Runnable> values) {}

    final GoalFiles files() {
        return GoalFiles.of(project);
    }

    /** Jib's caches, and what else is remembered of a project's images. */
    final ImageRequest.Caches imageCaches() {
        Path shared = Path.of(session.getLocalRepository().getBasedir()).resolveSibling("ecs-maven-plugin-cache");
        return new ImageRequest.Caches(shared, files().imageCache());
    }

    final SessionBoard board() {
        return new SessionBoard(session);
    }

    final boolean inReactor() {
        return Reactor.isModule(session, project);
    }

    /** Where a goal of this session shows how far it is. */
    final ProgressLine progress(Clock clock) {
        return Terminal.isWatched(session)
                ? ProgressLine.inPlace(clock, EcsMojo::print)
                : ProgressLine.inLog(clock, getLog()::info);
    }

    /** Where the rollouts of this session stand; one for all goals of a class realm. */
    final RolloutTable rollouts() {
        return board().inRealm(
                        "rollout table",
                        RolloutTable.class,
                        () -> Terminal.isWatched(session)
                                ? RolloutTable.inPlace(Terminal.width(System.getenv()), EcsMojo::print)
                                : RolloutTable.inLog());
    }

    /** Past Maven's log, which ends each line. */
    private static void print(String text) {
        System.out.print(text);
        System.out.flush();
    }

    final void requireOnline(String purpose) {
        requireOnline(purpose, "");
    }

    /** @param otherwise what else would do */
    final void requireOnline(String purpose, String otherwise) {
        if (session.isOffline()) {
            throw Problem.ofProject(
                    "Maven works offline, and " + purpose + " needs the network.",
                    "run Maven without -o (--offline)" + otherwise + ".");
        }
    }

    final MapOption maps() {
        return new MapOption(
                List.of(project.getProperties(), session.getSystemProperties(), session.getUserProperties()));
    }

    /**
     * The property that turns the temporary container off, or empty when tests will run.
     *
     * @param testSkip the goal's parameter, which can stand in the POM's configuration too
     */
    final Optional<String> testsSkippedBy(String testSkip) {
        return OptionText.flag("ecs.test.skip", testSkip)
                ? Optional.of("ecs.test.skip")
                : SkippedTests.by(
                        List.of(session.getUserProperties(), session.getSystemProperties(), project.getProperties()));
    }
}
