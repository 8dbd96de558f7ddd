package io.github.ecsmaven.container;

import io.github.ecsmaven.Sleeper;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Starts one container and waits until it is ready; one that doesn't get ready is removed. */
final class StartContainer {
    private final Docker docker;
    private final Owned owned;
    private final Publishing publishing;
    private final Clock clock;
    private final Sleeper sleeper;

    StartContainer(Docker docker, Owned owned, Publishing publishing, Clock clock, Sleeper sleeper) {
        this.docker = docker;
        this.owned = owned;
        this.publishing = publishing;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** @param created is told the id as soon as the engine has said it; when it throws, the container is not started */
    RunningContainer run(Wanted wanted, Consumer<String> created) {
        ContainerLog log =
                ContainerLog.open(wanted.log(), wanted.readiness().line().map(Pattern::compile));
        ReadyWait wait = new ReadyWait(docker.client(), wanted, publishing, log, clock, sleeper);
        String[] id = {""};
        long begun = System.nanoTime();
        try (CreateGate.Pass pass = owned.gate().enter()) {
            TemporaryContainer container = new TemporaryContainer(wanted, publishing.bind(), made -> {
                id[0] = made;
                owned.add(made, log, wanted.subject() instanceof Subject.Service);
                pass.leave();
                created.accept(made);
            });
            container.waitingFor(wait);
            container.withLogConsumer(log);
            container.start();
        } catch (RuntimeException e) {
            undo(id[0], log);
            throw Causes.problem(e).orElseGet(() -> StartProblem.notStarted(wanted, e));
        }
        return wait.running(id[0], (System.nanoTime() - begun) / 1_000_000);
    }

    private void undo(String id, ContainerLog log) {
        if (id.isEmpty()) {
            log.close();
        } else {
            owned.stop(id);
        }
    }
}
