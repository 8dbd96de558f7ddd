package io.github.ecsmaven.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Digest;
import io.github.ecsmaven.ImageIndex;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ScriptedRegistry;
import io.github.ecsmaven.ScriptedRegistry.Answer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order in which an image of several platforms is sent, and what is said when the registry doesn't take the index. */
class PushIndexTest {
    @TempDir
    Path folder;

    private final List<Duration> slept = new ArrayList<>();
    private final List<String> put = Collections.synchronizedList(new ArrayList<>());
    private Pushes pushes;
    private PushRequest.Image one;
    private PushRequest.Image two;
    private ImageIndex index;

    @BeforeEach
    void build() throws Exception {
        pushes = new Pushes(folder);
        one = image("one");
        two = image("two");
        index = new ImageIndex(
                ImageIndex.DOCKER,
                List.of(
                        new ImageIndex.Manifest("linux/amd64", one.digest(), 428),
                        new ImageIndex.Manifest("linux/arm64", two.digest(), 428)));
    }

    @Test
    void imagesComeFirstThenTheirIndexThenItsTags() throws Exception {
        try (ScriptedRegistry registry = new ScriptedRegistry(this::taken)) {
            PushedImage pushed = push(registry.host(), index.digest());
            assertThat(pushed.digest()).isEqualTo(index.digest());
            assertThat(pushed.index()).contains(index);
            assertThat(put)
                    .containsExactly(
                            one.digest().value(),
                            two.digest().value(),
                            index.digest().value(),
                            "1.0",
                            "latest");
        }
    }

    @Test
    void aPassingFaultAtTheIndexIsTriedAgain() throws Exception {
        AtomicInteger left = new AtomicInteger(2);
        try (ScriptedRegistry registry = new ScriptedRegistry(
                (method, path) -> path.endsWith(index.digest().value()) && left.getAndDecrement() > 0
                        ? new Answer(503, "", "")
                        : taken(method, path))) {
            push(registry.host(), index.digest());
            assertThat(slept).hasSize(2);
            assertThat(pushes.told).hasSize(2).allSatisfy(text -> assertThat(text)
                    .isEqualTo("The push is tried again: HTTP 503"));
            assertThat(put).endsWith(index.digest().value(), "1.0", "latest");
        }
    }

    @Test
    void aRegistryThatTakesNoIndexIsToldAndNothingIsTagged() throws Exception {
        String body = "{\"errors\":[{\"code\":\"MANIFEST_INVALID\",\"message\":\"manifest invalid\"}]}";
        try (ScriptedRegistry registry = new ScriptedRegistry((method, path) ->
                path.endsWith(index.digest().value()) ? new Answer(400, "", body) : taken(method, path))) {
            Problem problem = catchThrowableOfType(Problem.class, () -> push(registry.host(), index.digest()));
            assertThat(problem.text())
                    .isEqualTo("The push to " + registry.host() + "/shop failed: the registry refused the image.\n"
                            + "  HTTP 400, MANIFEST_INVALID: manifest invalid\n"
                            + "Next: see the registry's answer above; the repository and ecs.container.format decide"
                            + " what is taken.");
            assertThat(put).doesNotContain("1.0");
        }
    }

    @Test
    void anIndexThatWasNotTestedIsNotSent() throws Exception {
        Digest other = new Digest("sha256:" + "0".repeat(64));
        try (ScriptedRegistry registry = new ScriptedRegistry(this::taken)) {
            Problem problem = catchThrowableOfType(Problem.class, () -> push(registry.host(), other));
            assertThat(problem.text())
                    .startsWith("The image to push is not the one that was tested; nothing was sent.\n  Tested: "
                            + other + "\n  Now:    " + index.digest());
            assertThat(put).isEmpty();
        }
    }

    @Test
    void anImageInItThatIsAnotherNowIsNotSent() throws Exception {
        one = new PushRequest.Image(one.digest(), pushes.image("changed"));
        try (ScriptedRegistry registry = new ScriptedRegistry(this::taken)) {
            Problem problem = catchThrowableOfType(Problem.class, () -> push(registry.host(), index.digest()));
            assertThat(problem.evidence()).startsWith("Tested: " + one.digest());
            assertThat(put).isEmpty();
        }
    }

    private Answer taken(String method, String path) {
        if (method.equals("PUT") && path.contains("/manifests/")) {
            put.add(path.substring(path.lastIndexOf('/') + 1));
        }
        return new Answer(method.equals("PUT") ? 201 : 200, "", "");
    }

    private PushRequest.Image image(String text) throws Exception {
        return new PushRequest.Image(pushes.digest(pushes.image(text)), pushes.image(text));
    }

    private PushedImage push(String host, Digest tested) {
        PushImage push = new PushImage(
                () -> {
                    throw new AssertionError("no call of ECR's API with a full name");
                },
                pushes,
                Clock.systemUTC(),
                slept::add,
                any -> List.of(Optional::empty));
        return push.run(pushes.named(
                new PushRequest.Tested(tested, List.of(one, two), Optional.of(index)),
                host + "/shop",
                "1.0",
                "latest"));
    }
}
