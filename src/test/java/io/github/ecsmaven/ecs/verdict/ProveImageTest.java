package io.github.ecsmaven.ecs.verdict;

import static io.github.ecsmaven.ecs.verdict.Seen.DIGEST;
import static io.github.ecsmaven.ecs.verdict.Seen.seen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.ecsmaven.Digest;
import io.github.ecsmaven.ecs.verdict.Verdict.Done;
import io.github.ecsmaven.ecs.verdict.Verdict.Failed;
import io.github.ecsmaven.ecs.verdict.Verdict.Kind;
import io.github.ecsmaven.ecs.verdict.Verdict.Proof;
import io.github.ecsmaven.ecs.verdict.Verdict.Waiting;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A deployment of two tasks has completed; what ECS shows of the image differs. */
class ProveImageTest {
    private static final String AMD64 = "sha256:" + "a6".repeat(32);
    private static final String ARM64 = "sha256:" + "b6".repeat(32);
    private static final Set<Digest> BOTH = Set.of(new Digest(AMD64), new Digest(ARM64));
    private static final Expected PINNED = Seen.image(Set.of(), true);
    private static final Expected PINNED_INDEX = Seen.image(BOTH, true);
    private static final Expected RESTART = Seen.image(Set.of(), false);
    private static final Expected RESTART_INDEX = Seen.image(BOTH, false);
    private static final String OTHER = "sha256:" + "cd".repeat(32);
    private static final Done SHOWN = new Done(Proof.SHOWN, "");
    private static final Failed WRONG = new Failed(Kind.WRONG_IMAGE, OTHER);
    private static final Waiting LATER =
            new Waiting("new 2/2                         old 0/2, completed, the digest is not shown yet");

    @ParameterizedTest(name = "{0}")
    @MethodSource({"revision", "restart"})
    void evaluate(String label, Expected expected, Seen seen, Verdict verdict) {
        assertThat(ProveImage.evaluate(seen.done(), expected)).isEqualTo(verdict);
    }

    static Stream<Arguments> revision() {
        return Stream.of(
                arguments("the revision shows it", PINNED, completed().image(DIGEST.value()), SHOWN),
                arguments("a task shows it", PINNED, completed().runningDigest(DIGEST.value()), SHOWN),
                arguments("the revision shows another", PINNED, completed().image(OTHER), WRONG),
                arguments("a task shows another", PINNED, completed().runningDigest(OTHER), WRONG),
                arguments(
                        "one task of two shows another",
                        PINNED,
                        completed().image(DIGEST.value()).runningDigest(OTHER),
                        WRONG),
                arguments(
                        "a sidecar shows another",
                        PINNED,
                        completed().image("sidecar", OTHER).image(DIGEST.value()),
                        SHOWN),
                arguments("nothing shown yet", PINNED, completed(), LATER),
                arguments(
                        "the revision is not resolved yet", PINNED, completed().image(""), LATER),
                arguments(
                        "an old agent shows the pinned name only",
                        PINNED,
                        completed().runningImage("registry/orders@" + DIGEST),
                        new Done(Proof.PINNED, "")),
                arguments(
                        "an old agent shows another name only",
                        PINNED,
                        completed().runningImage("registry/orders@" + OTHER),
                        LATER),
                arguments("nothing can be read", PINNED, completed().unreadable(), new Done(Proof.NONE, "")),
                arguments("an index shows itself", PINNED_INDEX, completed().image(DIGEST.value()), SHOWN),
                arguments(
                        "an index, its task shows a platform's image",
                        PINNED_INDEX,
                        completed().image(DIGEST.value()).runningDigest(AMD64),
                        SHOWN),
                arguments(
                        "an index, only platforms' images are shown",
                        PINNED_INDEX,
                        completed().runningDigest(ARM64).runningDigest(AMD64),
                        new Done(Proof.SHOWN, ARM64)),
                arguments(
                        "an index, a task shows what is not in it",
                        PINNED_INDEX,
                        completed().image(DIGEST.value()).runningDigest(OTHER),
                        WRONG),
                arguments("an index, nothing shown yet", PINNED_INDEX, completed(), LATER),
                arguments(
                        "an index, an old agent shows the pinned name only",
                        PINNED_INDEX,
                        completed().runningImage("registry/orders@" + DIGEST),
                        new Done(Proof.PINNED, "")),
                arguments(
                        "one image, a task shows another platform's",
                        PINNED,
                        completed().runningDigest(AMD64),
                        new Failed(Kind.WRONG_IMAGE, AMD64)));
    }

    static Stream<Arguments> restart() {
        return Stream.of(
                arguments("restart, shown", RESTART, completed().image(DIGEST.value()), SHOWN),
                arguments("restart, the tag meant another", RESTART, completed().image(OTHER), WRONG),
                arguments("restart, nothing shown yet", RESTART, completed(), LATER),
                arguments("restart, a name proves nothing", RESTART, completed().runningImage("orders:1"), LATER),
                arguments("restart, nothing can be read", RESTART, completed().unreadable(), new Done(Proof.NONE, "")),
                arguments(
                        "restart of an index, a platform's image",
                        RESTART_INDEX,
                        completed().runningDigest(AMD64),
                        new Done(Proof.SHOWN, AMD64)),
                arguments(
                        "restart of an index, the old image",
                        RESTART_INDEX,
                        completed().runningDigest(OTHER),
                        WRONG));
    }

    private static Seen completed() {
        return seen().fresh("PRIMARY", "COMPLETED", 2, 0, 0);
    }
}
