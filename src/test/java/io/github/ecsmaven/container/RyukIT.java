package io.github.ecsmaven.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether Testcontainers starts Ryuk; an image that speaks its protocol stands in, as the real one is in no engine here. */
class RyukIT {
    private static final String IMAGE = "ecs-container-test/ryuk:" + TestEngine.RUN;
    private static final String NAMED = "TESTCONTAINERS_RYUK_CONTAINER_IMAGE";

    @TempDir
    Path scratch;

    @ParameterizedTest
    @CsvSource({"true, , 1", "false, , 0", "true, true, 0", "false, false, 1"})
    void ryukIsStartedWhenAskedForUnlessTheEnvironmentSaysOtherwise(boolean wanted, String disabled, int started)
            throws Exception {
        TestImage.make(scratch, IMAGE, "ENV MODE=ryuk");
        Map<String, String> environment = new TreeMap<>(Map.of(NAMED, IMAGE));
        // Testcontainers makes Ryuk privileged, which not every engine that tests run on allows.
        environment.put("TESTCONTAINERS_RYUK_CONTAINER_PRIVILEGED", "false");
        if (disabled != null) {
            environment.put(KeeperChannel.RYUK_DISABLED, disabled);
        }
        Keeper keeper = keeper(environment, wanted);
        try {
            keeper.engine();
            assertThat(running()).hasSize(started);
        } finally {
            keeper.close();
            TestEngine.await("Ryuk has ended", () -> running().isEmpty());
            TestImage.remove(IMAGE);
        }
    }

    @Test
    void ryukWhenItsImageCanNotBeHadSaysSo() throws IOException {
        Keeper keeper = keeper(Map.of(NAMED, "127.0.0.1:9/ryuk:1"), true);
        try {
            Problem problem = catchThrowableOfType(Problem.class, keeper::engine);
            assertThat(problem.text())
                    .startsWith(
                            "Ryuk's image '127.0.0.1:9/ryuk:1' (ecs.test.ryuk) is not in the engine and can't be pulled.\n")
                    .contains("connection refused")
                    .endsWith("or leave ecs.test.ryuk out: the plugin removes its containers by itself.");
        } finally {
            keeper.close();
        }
    }

    private Keeper keeper(Map<String, String> environment, boolean ryuk) {
        Keeper.Launch launch = TestEngine.launch(scratch, environment);
        return new Keeper(Keeper.fork(
                new Keeper.Launch(launch.java(), launch.classPath(), launch.scratch(), launch.environment(), ryuk)));
    }

    private static List<String> running() {
        return TestEngine.docker("ps", "-q", "--filter", "ancestor=" + IMAGE)
                .lines()
                .toList();
    }
}
