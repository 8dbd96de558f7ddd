package io.github.ecsmaven.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.Problem;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The push to the reference registry, with a login over Basic authentication and a name given by ecs.to.image. */
class PushRegistryIT {
    @TempDir
    Path folder;

    private Pushes pushes;
    private RegistryProcess registry;

    @BeforeEach
    void start() throws Exception {
        RegistryProcess.assumeThere();
        pushes = new Pushes(folder);
        registry = new RegistryProcess(folder);
    }

    @AfterEach
    void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    @Test
    void pushSendsOnceAndMovesTags() throws Exception {
        JibContainerBuilder one = pushes.image("one");
        Digest digest = pushes.digest(one);
        PushedImage first = push(one, digest, "1.0", "latest");
        assertThat(first.pinned()).isEqualTo(registry.host() + "/shop/orders@" + digest);
        assertThat(first.layersSent()).isEqualTo(1);
        assertThat(first.bytesSent()).isPositive().isEqualTo(pushes.progress());
        for (String name : List.of("1.0", "latest", digest.value())) {
            assertThat(registry.digest("shop/orders", name)).isEqualTo(digest.value());
        }

        PushedImage again = push(one, digest, "1.0", "latest");
        assertThat(again.layersSent()).isZero();
        assertThat(again.bytesSent()).isZero();

        JibContainerBuilder two = pushes.image("two");
        Digest other = pushes.digest(two);
        push(two, other, "2.0", "latest");
        assertThat(registry.digest("shop/orders", "latest")).isEqualTo(other.value());
        assertThat(registry.digest("shop/orders", "1.0")).isEqualTo(digest.value());
    }

    @Test
    void pushWhenNotTheTestedImageSendsNothing() throws Exception {
        JibContainerBuilder one = pushes.image("one");
        JibContainerBuilder two = pushes.image("two");
        Digest tested = pushes.digest(one);
        Digest now = pushes.digest(two);
        Problem problem = catchThrowableOfType(Problem.class, () -> push(two, tested, "1.0"));
        assertThat(problem.text()).isEqualTo("""
                        The image to push is not the one that was tested; nothing was sent.
                          Tested: %s
                          Now:    %s
                        Next: run mvn verify again before the push: classes, dependencies or ecs.container.* changed since the test.""".formatted(tested, now));
        assertThat(registry.digest("shop/orders", "1.0")).isEmpty();
        assertThat(registry.digest("shop/orders", now.value())).isEmpty();
    }

    @Test
    void pushWithAWrongPasswordSaysHowToLogIn() throws Exception {
        JibContainerBuilder one = pushes.image("one");
        Digest digest = pushes.digest(one);
        Problem problem = catchThrowableOfType(
                Problem.class, () -> pushing("wrong").run(pushes.named(one, digest, registry.host() + "/shop", "1")));
        assertThat(problem.text())
                .startsWith("The push to " + registry.host()
                        + "/shop failed: the registry wants a login, or another one.\n  HTTP 401")
                .endsWith("Next: run docker login " + registry.host()
                        + " as the user who builds, or give settings.xml a <server> with the id " + registry.host()
                        + ".")
                .doesNotContain("wrong\"", RegistryProcess.PASSWORD);
    }

    private PushedImage push(JibContainerBuilder image, Digest tested, String... tags) {
        return pushing(RegistryProcess.PASSWORD)
                .run(pushes.named(image, tested, registry.host() + "/shop/orders", tags));
    }

    private PushImage pushing(String password) {
        return new PushImage(
                () -> {
                    throw new AssertionError("no call of ECR's API with a full name");
                },
                pushes,
                Clock.systemUTC(),
                time -> {
                    throw new AssertionError("nothing to wait for");
                },
                any -> List.of(() -> Optional.of(Credential.from(RegistryProcess.USER, password))));
    }
}
