package io.github.ecsmaven.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.InterruptSignal;
import io.github.ecsmaven.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However Maven or the keeper ends, no container is left. */
class KeeperEndIT {
    @TempDir
    static Path scratch;

    @TempDir
    Path own;

    private final String build = UUID.randomUUID().toString();

    @BeforeAll
    static void makeImage() throws IOException {
        TestEngine.makeImage(scratch);
        TestEngine.docker("network", "create", TestEngine.NETWORK);
    }

    @AfterAll
    static void removeNetwork() {
        TestEngine.docker("network", "rm", TestEngine.NETWORK);
        TestEngine.docker("rmi", "-f", TestEngine.IMAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "TERM", "INT"})
    void parentWhenKilledLeavesNothing(String signal) throws Exception {
        InterruptSignal.assumeHeeded(signal);
        Process parent = parent("wait");
        String id = parent.inputReader().readLine();
        assertThat(TestEngine.containers(build)).containsExactly(id);
        TestEngine.signal(signal, parent.pid());
        TestEngine.await("container gone", () -> TestEngine.containers(build).isEmpty());
        parent.waitFor();
    }

    @Test
    void parentWhenEndedWithoutCloseLeavesNothing() throws Exception {
        Process parent = parent("end");
        assertThat(parent.inputReader().readLine()).hasSize(64);
        assertThat(parent.waitFor()).isZero();
        assertThat(TestEngine.containers(build)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void keeperWhenSignalledLeavesNothing(String signal) throws Exception {
        InterruptSignal.assumeHeeded(signal);
        Keeper keeper = new Keeper(Keeper.fork(TestEngine.launch(own, Map.of())));
        keeper.start(request());
        TestEngine.signal(signal, TestEngine.keeperOf(own));
        TestEngine.await("container gone", () -> TestEngine.containers(build).isEmpty());
        keeper.close();
    }

    @Test
    void keeperWhenKilledIsToldAndCleanedUpByTheNext(@TempDir Path next) throws Exception {
        Keeper keeper = new Keeper(Keeper.fork(TestEngine.launch(own, Map.of())));
        RunningContainer left = keeper.start(request());
        TestEngine.signal("KILL", TestEngine.keeperOf(own));
        Problem problem = catchThrowableOfType(Problem.class, keeper::engine);
        assertThat(problem.what()).startsWith("The keeper of the temporary container died (exit code 137)");
        assertThat(TestEngine.containers(build)).containsExactly(left.id());
        keeper.close();

        Keeper second = new Keeper(Keeper.fork(TestEngine.launch(next, Map.of())));
        RunningContainer fresh = second.start(request());
        assertThat(TestEngine.containers(build)).containsExactly(fresh.id());
        second.close();
        assertThat(TestEngine.containers(build)).isEmpty();
    }

    @Test
    void keepersOfTwoBuildsLeaveEachOtherAlone(@TempDir Path next) {
        Keeper one = new Keeper(Keeper.fork(TestEngine.launch(own, Map.of())));
        Keeper two = new Keeper(Keeper.fork(TestEngine.launch(next, Map.of())));
        RunningContainer first = one.start(request());
        RunningContainer second = two.start(request());
        assertThat(TestEngine.containers(build)).containsExactlyInAnyOrder(first.id(), second.id());
        two.close();
        assertThat(TestEngine.containers(build)).containsExactly(first.id());
        one.close();
        assertThat(TestEngine.containers(build)).isEmpty();
    }

    private ContainerRequest request() {
        return TestEngine.request(
                build, own.resolve("c.log"), "ok", Optional.of("/"), TestEngine.NETWORK, Duration.ofMinutes(1));
    }

    private Process parent(String how) throws IOException {
        Keeper.Launch launch = TestEngine.launch(own, Map.of());
        return new ProcessBuilder(List.of(
                        launch.java().toString(),
                        "-Decs.test.run=" + TestEngine.RUN,
                        "-cp",
                        launch.classPath(),
                        ParentMain.class.getName(),
                        build,
                        own.toString(),
                        how,
                        TestEngine.NETWORK))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
