package io.github.ecsmaven.goal;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.RecordFile;
import io.github.ecsmaven.ecr.PushedImage;
import io.github.ecsmaven.ecs.Rollout;
import io.github.ecsmaven.image.BuiltImage;
import io.github.ecsmaven.upload.UploadedSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.project.MavenProject;

/**
 * The files of a module below {@code target/ecs}, by which one Maven call goes on from another.
 *
 * @param target the module's build directory
 */
record GoalFiles(Path target) {
    static GoalFiles of(MavenProject project) {
        return new GoalFiles(Path.of(project.getBuild().getDirectory()));
    }

    Path folder() {
        return target.resolve("ecs");
    }

    /** Jib's cache of the application's layers. */
    Path imageCache() {
        return folder().resolve("cache");
    }

    Path image() {
        return folder().resolve("image.json");
    }

    Path push() {
        return folder().resolve("push.json");
    }

    /** What a dry run would have pushed. */
    Path plannedPush() {
        return folder().resolve("push-planned.json");
    }

    Path redeploy() {
        return folder().resolve("redeploy.json");
    }

    /** What the front end's bucket got; see {@link io.github.ecsmaven.upload.UploadedSite}. */
    Path upload() {
        return folder().resolve("upload.json");
    }

    /** The build as a whole, in the top project; see {@link io.github.ecsmaven.report.BuildRecord}. */
    Path report() {
        return folder().resolve("report.json");
    }

    /** The stage view, in the top project. */
    Path page() {
        return folder().resolve("report.html");
    }

    /** The stages in the form of JUnit's reports; under a name by which nobody looks for those of tests. */
    Path stages() {
        return folder().resolve("junit-stages.xml");
    }

    Path containerLog() {
        return folder().resolve("container.log");
    }

    /** @param name of a service beside the container */
    Path serviceLog(String name) {
        return folder().resolve("service-" + name + ".log");
    }

    /** Which image the integration tests have passed with; see {@link TestedImage}. */
    Path tested() {
        return folder().resolve("tested.json");
    }

    Path failsafeSummary() {
        return target.resolve("failsafe-reports").resolve("failsafe-summary.xml");
    }

    Optional<BuiltImage> readImage() {
        return RecordFile.read(image(), BuiltImage.class);
    }

    Optional<PushedImage> readPlannedPush() {
        return RecordFile.read(plannedPush(), PushedImage.class);
    }

    Optional<PushedImage> readPush() {
        return RecordFile.read(push(), PushedImage.class);
    }

    /** The rollouts of the last deploy or rollback; none when there was none. */
    List<Rollout> readRollouts() {
        return RecordFile.read(redeploy(), Rollout.Redeploy.class)
                .map(Rollout.Redeploy::services)
                .orElse(List.of());
    }

    Optional<UploadedSite> readUpload() {
        return RecordFile.read(upload(), UploadedSite.class);
    }

    /** @throws Problem when no image was pushed */
    PushedImage requirePush() {
        return readPush()
                .orElseThrow(() -> Problem.ofProject(
                        "No pushed image is recorded in '" + push() + "'.",
                        "run mvn deploy, or mvn verify and then mvn ecs:push ecs:redeploy."));
    }

    Problem noImage() {
        return Problem.ofProject(
                "No built image is recorded in '" + image() + "'.",
                "run mvn verify first; it builds and tests the image.");
    }

    /**
     * A new image is on its way: what was recorded of the last one no longer holds.
     *
     * @param session when the Maven call began; what Failsafe reported since then is kept for its own goal verify
     */
    void forget(Instant session) {
        try {
            for (Path file : List.of(image(), tested(), push(), plannedPush(), redeploy(), containerLog())) {
                Files.deleteIfExists(file);
            }
            for (Path log : serviceLogs()) {
                Files.delete(log);
            }
            Path summary = failsafeSummary();
            if (Files.exists(summary)
                    && Files.getLastModifiedTime(summary).toInstant().isBefore(session)) {
                Files.delete(summary);
            }
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private List<Path> serviceLogs() throws IOException {
        if (!Files.isDirectory(folder())) {
            return List.of();
        }
        try (Stream<Path> logs = Files.list(folder())) {
            return logs.filter(file -> file.getFileName().toString().matches("service-.*\\.log"))
                    .toList();
        }
    }
}
