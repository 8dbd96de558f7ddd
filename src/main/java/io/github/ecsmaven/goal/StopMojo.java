package io.github.ecsmaven.goal;

import io.github.ecsmaven.Digest;
import io.github.ecsmaven.DurationText;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.container.Keeper;
import io.github.ecsmaven.image.LastLoaded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Stops the temporary container and removes it, and the services beside it; shows the end of their logs when integration tests failed. */
@Mojo(name = "stop", defaultPhase = LifecyclePhase.POST_INTEGRATION_TEST, threadSafe = true)
public final class StopMojo extends EcsMojo {
    static final String CONTAINER = "io.github.ecsmaven.container";
    /** Of the image that the container runs. */
    static final String DIGEST = "io.github.ecsmaven.digest";

    /** When it was started, ISO 8601. */
    static final String STARTED = "io.github.ecsmaven.started";

    private static final int SHOWN_LINES = 30;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    MojoExecution execution;

    @Override
    void work() throws IOException {
        if (!(project.getContextValue(CONTAINER) instanceof String id)) {
            getLog().debug("No temporary container to stop.");
            return;
        }
        project.setContextValue(CONTAINER, null);
        long begin = System.nanoTime();
        Keeper keeper = new SessionKeeper(session).get();
        Keeper.Ended ended = keeper.stop(id);
        if (ended.running()) {
            getLog().info("Container stopped  " + DurationText.show(Duration.ofNanos(System.nanoTime() - begin)));
            markTested();
        } else {
            getLog().warn("The container had died during the tests, exit code " + ended.exitCode() + ".");
        }
        boolean failed = !ended.running() || ReportedTests.failed(files().failsafeSummary());
        if (failed) {
            showLog("the container", files().containerLog());
        }
        for (Keeper.ServiceState service : ended.services()) {
            tell(service, failed);
        }
        removeReplacedImages(keeper);
    }

    private void removeReplacedImages(Keeper keeper) {
        ConsoleImageLog log = new ConsoleImageLog(getLog(), progress(Clock.systemUTC()));
        try {
            new LastLoaded(imageCaches()).removeReplaced(SessionKeeper.engine(keeper), log);
        } catch (UncheckedIOException | Problem courtesy) {
            getLog().warn("Older images of this project stay in the Docker engine: " + courtesy.getMessage());
        }
    }

    private void tell(Keeper.ServiceState service, boolean failed) throws IOException {
        if (!service.running()) {
            getLog().warn("The service '" + service.name() + "' had died during the tests, exit code "
                    + service.exitCode() + ".");
        }
        if (failed || !service.running()) {
            showLog("the service '" + service.name() + "'", files().serviceLog(service.name()));
        }
    }

    private void markTested() {
        if (!(project.getContextValue(DIGEST) instanceof String digest
                && project.getContextValue(STARTED) instanceof String started)) {
            return;
        }
        ReportedTests.Outcome tests = ReportedTests.since(Instant.parse(started), files().failsafeSummary());
        if (TestedImage.isProved(execution.getLifecyclePhase(), tests)) {
            new TestedImage(
                            new Digest(digest),
                            GitCheckout.commit(project.getBasedir().toPath()))
                    .mark(files());
        } else if (tests == ReportedTests.Outcome.NONE) {
            getLog().info("No tests ran between ecs:start and ecs:stop: the image doesn't count as tested.");
        }
    }

    private void showLog(String whose, Path file) throws IOException {
        List<String> lines = read(file);
        List<String> end = lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
        getLog().warn(heading(end.size(), whose, file));
        end.forEach(line -> getLog().warn("  " + line));
    }

    /** What stands above the shown lines of a log. */
    static String heading(int lines, String whose, Path file) {
        return switch (lines) {
            case 0 -> "The log of " + whose + " is empty (" + file + ").";
            case 1 -> "Last line of " + whose + " (" + file + "):";
            default -> "Last " + lines + " lines of " + whose + " (" + file + "):";
        };
    }

    private static List<String> read(Path file) throws IOException {
        try {
            // An application may write any bytes.
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (NoSuchFileException absent) {
            return List.of();
        }
    }
}
