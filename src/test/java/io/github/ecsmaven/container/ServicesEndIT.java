package io.github.ecsmaven.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However the keeper ends, no service and no network is left. */
class ServicesEndIT {
    @TempDir
    static Path scratch;

    @TempDir
    Path own;

    private Beside beside;

    @BeforeAll
    static void makeImages() throws IOException {
        TestEngine.makeImage(scratch);
    }

    @AfterAll
    static void removeImages() {
        TestImage.remove(TestEngine.IMAGE);
    }

    @BeforeEach
    void begin() {
        beside = new Beside(UUID.randomUUID().toString(), own);
    }

    @Test
    void endOfInputLeavesNothing() {
        Keeper keeper = keeper(own);
        keeper.start(beside.application("ok", Optional.of("/call"), services(keeper)));
        assertThat(beside.nothingIsLeft()).isFalse();
        keeper.close();
        assertThat(beside.nothingIsLeft()).isTrue();
    }

    @Test
    void endOfInputBeforeTheApplicationLeavesNothing() {
        Keeper keeper = keeper(own);
        services(keeper);
        keeper.close();
        assertThat(beside.nothingIsLeft()).isTrue();
    }

    @Test
    void endOfInputWhileServicesAreWaitedForLeavesNothing() throws Exception {
        Keeper keeper = keeper(own);
        CompletableFuture<Problem> start = CompletableFuture.supplyAsync(() -> catchThrowableOfType(
                Problem.class,
                () -> keeper.startServices(
                        beside.request(beside.service("db", "silent"), beside.service("queue", "silent")))));
        TestEngine.await("a service is there", () -> !TestEngine.containers(beside.build())
                .isEmpty());
        keeper.close();
        assertThat(beside.nothingIsLeft()).isTrue();
        assertThat(start.join().what()).isEqualTo("The build was interrupted; the temporary container is gone.");
    }

    @Test
    void signalToTheKeeperLeavesNothing() throws Exception {
        Keeper keeper = keeper(own);
        services(keeper);
        TestEngine.signal("TERM", TestEngine.keeperOf(own));
        TestEngine.await("nothing is left", beside::nothingIsLeft);
        keeper.close();
    }

    @Test
    void killedKeeperIsCleanedUpAfterByTheNext(@TempDir Path next) throws Exception {
        Keeper killed = keeper(own);
        killed.start(beside.application("ok", Optional.of("/call"), services(killed)));
        List<String> left = TestEngine.containers(beside.build());
        TestEngine.signal("KILL", TestEngine.keeperOf(own));
        catchThrowableOfType(Problem.class, killed::engine);
        killed.close();
        assertThat(TestEngine.containers(beside.build())).hasSize(2).isEqualTo(left);
        assertThat(TestEngine.networks(beside.build())).hasSize(1);

        Keeper second = keeper(next);
        services(second);
        assertThat(TestEngine.containers(beside.build())).hasSize(1).doesNotContainAnyElementsOf(left);
        assertThat(TestEngine.networks(beside.build())).hasSize(1);
        second.close();
        assertThat(beside.nothingIsLeft()).isTrue();
    }

    private RunningServices services(Keeper keeper) {
        return keeper.startServices(beside.request(beside.service("db", "ok")));
    }

    private static Keeper keeper(Path folder) {
        return new Keeper(Keeper.fork(TestEngine.launch(folder, Map.of())));
    }
}
