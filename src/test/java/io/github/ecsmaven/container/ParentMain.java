package io.github.ecsmaven.container;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A stand-in for Maven that is killed while its container runs. */
final class ParentMain {
    private ParentMain() {}

    public static void main(String[] args) throws InterruptedException {
        Path scratch = Path.of(args[1]);
        Keeper keeper = new Keeper(Keeper.fork(TestEngine.launch(scratch, Map.of())));
        RunningContainer container = keeper.start(TestEngine.request(
                args[0], scratch.resolve("c.log"), "ok", Optional.of("/"), args[3], Duration.ofMinutes(1)));
        System.out.println(container.id());
        if (args[2].equals("end")) {
            return;
        }
        Thread.sleep(120_000);
    }
}
