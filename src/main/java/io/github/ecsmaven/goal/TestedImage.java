package io.github.ecsmaven.goal;

import io.github.ecsmaven.Digest;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.RecordFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * The mark of an image that ran through the integration tests; without it no image is pushed.
 *
 * @param digest of the image's manifest
 * @param commit that was checked out then, 40 hexadecimal digits
 */
public record TestedImage(Digest digest, Optional<String> commit) {
    private static final Set<String> AFTER_TESTS = Set.of("post-integration-test", "verify", "install", "deploy");

    /** Leaves the mark. */
    void mark(GoalFiles files) {
        RecordFile.write(files.tested(), this);
    }

    /** Takes the mark away. */
    public static void revoke(MavenProject project) {
        try {
            Files.deleteIfExists(GoalFiles.of(project).tested());
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /**
     * Whether an image counts as tested when its container is stopped. In a lifecycle no report is fine: a module may have
     * no integration tests. Outside of one only a report tells that there were tests between start and stop.
     *
     * @param phase that ecs:stop is bound to; null when it was called on the command line
     * @param sinceStart what Failsafe has reported since the container's start
     */
    static boolean isProved(@Nullable String phase, ReportedTests.Outcome sinceStart) {
        return switch (sinceStart) {
            case PASSED -> true;
            case FAILED -> false;
            case NONE -> phase != null && AFTER_TESTS.contains(phase);
        };
    }

    /** @throws Problem when the image has no mark, or a test failed after it was left */
    static TestedImage require(GoalFiles files, Digest digest) {
        if (ReportedTests.failed(files.failsafeSummary())) {
            throw untested(digest, "failed tests are reported in '" + files.failsafeSummary() + "'");
        }
        Optional<TestedImage> tested = RecordFile.read(files.tested(), TestedImage.class);
        if (tested.isEmpty()) {
            throw untested(digest, "no passed tests are recorded in '" + files.tested() + "'");
        }
        if (!tested.get().digest().equals(digest)) {
            throw untested(digest, "the tests ran with " + tested.get().digest());
        }
        return tested.get();
    }

    private static Problem untested(Digest digest, String why) {
        return Problem.ofProject(
                "The image " + digest + " has not passed the integration tests.",
                List.of(why),
                "run mvn verify, then push again; -DskipITs pushes it untested.");
    }
}
