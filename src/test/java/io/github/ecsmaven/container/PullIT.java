package io.github.ecsmaven.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecr.RegistryProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that the engine fetches: from the reference registry, with a login of Docker's configuration. */
class PullIT {
    private static final String BASE = "ecs-maven-plugin/java:17";

    @TempDir
    Path folder;

    @Test
    void pullTakesTheLoginOfDockersConfiguration() throws Exception {
        RegistryProcess.assumeThere();
        try (RegistryProcess registry = new RegistryProcess(Files.createDirectories(folder.resolve("registry")))) {
            Path login = registry.login(folder.resolve("docker"));
            String image = registry.host() + "/shop/stub:1.0";
            push(image, login);

            keeper("with-login", login, keeper -> isPulled(keeper, image));
            TestImage.remove(image);
            keeper("again", login, keeper -> isMissing(keeper, registry.host()));
            keeper("without-login", folder, keeper -> assertThat(
                            refused(keeper, image).text())
                    .startsWith("The image '" + image + "' of a service (ecs.test.services) can't be pulled.\n"
                            + "  The engine says: ")
                    .endsWith("Next: log in with 'docker login " + registry.host() + "', then run again."));
        }
    }

    private static void isPulled(Keeper keeper, String image) {
        AtomicInteger told = new AtomicInteger();
        assertThat(keeper.inspect(image)).isEmpty();
        keeper.pull(List.of(image), Clock.systemUTC(), (done, total) -> told.incrementAndGet());
        assertThat(keeper.inspect(image)).isPresent();
        assertThat(told).hasPositiveValue();
    }

    private static void isMissing(Keeper keeper, String host) {
        assertThat(refused(keeper, host + "/shop/none:1.0").text())
                .endsWith("Next: correct the name in ecs.test.services; for a private image log in with 'docker login "
                        + host + "'.");
    }

    @Test
    void pullWhenTheRegistryIsOutOfReachSaysSo() {
        // Port 9 is discard's, where nothing listens.
        keeper("no-registry", folder, keeper -> {
            Problem problem = refused(keeper, "127.0.0.1:9/shop/stub:1.0");
            assertThat(problem.blame()).isEqualTo(Problem.Blame.MACHINE);
            assertThat(problem.text())
                    .contains("connection refused")
                    .contains("Next: connect the engine to the registry");
        });
    }

    private static Problem refused(Keeper keeper, String image) {
        return catchThrowableOfType(
                Problem.class, () -> keeper.pull(List.of(image), Clock.systemUTC(), (done, total) -> {}));
    }

    private void keeper(String name, Path dockerConfig, Consumer<Keeper> test) {
        Path scratch = folder.resolve(name);
        assertThat(scratch.toFile().mkdir()).isTrue();
        Keeper keeper =
                new Keeper(Keeper.fork(TestEngine.launch(scratch, Map.of("DOCKER_CONFIG", dockerConfig.toString()))));
        try {
            test.accept(keeper);
        } finally {
            keeper.close();
        }
    }

    private static void push(String image, Path login) {
        TestEngine.docker("tag", BASE, image);
        TestEngine.docker("--config", login.toString(), "push", image);
        TestImage.remove(image);
    }
}
