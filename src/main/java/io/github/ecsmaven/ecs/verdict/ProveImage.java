package io.github.ecsmaven.ecs.verdict;

import io.github.ecsmaven.ecs.definition.ImageName;
import io.github.ecsmaven.ecs.verdict.Observation.ContainerSeen;
import io.github.ecsmaven.ecs.verdict.Observation.ImageSeen;
import io.github.ecsmaven.ecs.verdict.Verdict.Done;
import io.github.ecsmaven.ecs.verdict.Verdict.Failed;
import io.github.ecsmaven.ecs.verdict.Verdict.Kind;
import io.github.ecsmaven.ecs.verdict.Verdict.Proof;
import io.github.ecsmaven.ecs.verdict.Verdict.Waiting;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides whether a deployment that completed runs the image that was pushed. Pure.
 *
 * <p>ECS shows a digest in the service revision and in every running task. Of an index (several platforms) it may show that
 * of the index or that of the image that the task's platform runs: both prove it, as the index names both. Where no digest
 * is shown a reference that is pinned is enough: who pulls {@code @sha256:…} gets these bytes or an error (OCI distribution
 * spec, "Pulling manifests").
 */
public final class ProveImage {
    private ProveImage() {}

    static Verdict evaluate(Observation seen, Expected expected) {
        if (expected.image().isEmpty()) {
            return new Done(Proof.SHOWN, "");
        }
        return seen.desired() == 0
                ? new Done(Proof.NONE, "")
                : evaluate(seen, expected, expected.image().get());
    }

    private static Verdict evaluate(Observation seen, Expected expected, Expected.Image image) {
        String wanted = image.digest().value();
        List<String> shown = shown(seen, expected);
        Optional<String> other =
                shown.stream().filter(digest -> !image.isProvedBy(digest)).findFirst();
        if (other.isPresent()) {
            return new Failed(Kind.WRONG_IMAGE, other.get());
        }
        if (!shown.isEmpty()) {
            return new Done(Proof.SHOWN, shown.contains(wanted) ? "" : shown.get(0));
        }
        if (image.pinned() && runsByName(seen, expected, wanted)) {
            return new Done(Proof.PINNED, "");
        }
        return seen.proofReadable()
                ? new Waiting(StateLine.of(seen, expected) + ", completed, the digest is not shown yet")
                : new Done(Proof.NONE, "");
    }

    /** The digests that ECS shows for the container, of the service revision and of the running tasks. */
    private static List<String> shown(Observation seen, Expected expected) {
        Stream<String> revision = seen.images().stream()
                .filter(image -> image.container().equals(expected.container()))
                .map(ImageSeen::digest);
        Stream<String> tasks = running(seen, expected).map(ContainerSeen::digest);
        return Stream.concat(revision, tasks)
                .filter(digest -> !digest.isEmpty())
                .toList();
    }

    /** An old container agent shows no digest, but it does show what it was told to run. */
    private static boolean runsByName(Observation seen, Expected expected, String digest) {
        return running(seen, expected)
                .map(ContainerSeen::image)
                .map(ImageName::parse)
                .anyMatch(name -> name.digest().equals(Optional.of(digest)));
    }

    private static Stream<ContainerSeen> running(Observation seen, Expected expected) {
        return seen.tasksOf(expected.deploymentId()).stream()
                .filter(task -> task.lastStatus().equals("RUNNING"))
                .flatMap(task -> task.containers().stream())
                .filter(container -> container.name().equals(expected.container()));
    }
}
