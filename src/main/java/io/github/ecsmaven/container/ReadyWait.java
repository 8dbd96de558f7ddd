package io.github.ecsmaven.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import io.github.ecsmaven.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.wait.strategy.WaitStrategy;
import org.testcontainers.containers.wait.strategy.WaitStrategyTarget;

/**
 * Looks every 100 ms until the container is ready, has died, or it is too late. Its port is asked beside the looks: an
 * application that keeps an answer waiting may die meanwhile.
 */
final class ReadyWait implements WaitStrategy {
    private static final Duration PAUSE = Duration.ofMillis(100);
    /** For an answer, before the next look: an open port is known after 150 ms, and a first answer may take as long. */
    private static final Duration MOMENT = Duration.ofMillis(250);

    private final DockerClient client;
    private final Wanted wanted;
    private final Publishing publishing;
    private final ContainerLog log;
    private final Clock clock;
    private final Sleeper sleeper;
    /** The question that is under way; the last answer counts until it is over. */
    private @Nullable Future<Observation.Probe> question;

    private Observation.Probe answer = new Observation.Probe.Silent("nothing came back yet");
    private volatile @Nullable String host;
    private volatile int port;
    private String proof = "";

    ReadyWait(
            DockerClient client, Wanted wanted, Publishing publishing, ContainerLog log, Clock clock, Sleeper sleeper) {
        this.client = client;
        this.wanted = wanted;
        this.publishing = publishing;
        this.log = log;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    @Override
    public void waitUntilReady(WaitStrategyTarget target) {
        ReadinessRule.Verdict verdict = await(target.getContainerId());
        if (verdict instanceof ReadinessRule.Verdict.Ready ready) {
            proof = ready.proof();
        } else if (verdict instanceof ReadinessRule.Verdict.Died died) {
            log.awaitEnd();
            throw StartProblem.died(wanted, died.state(), log.last());
        } else if (verdict instanceof ReadinessRule.Verdict.TooLate late) {
            throw StartProblem.tooLate(wanted, late.last(), otherPorts(target.getContainerId()), log.last());
        }
    }

    private ReadinessRule.Verdict await(String id) {
        Instant started = clock.instant();
        ReadinessRule rule =
                new ReadinessRule(wanted.readiness(), wanted.port(), started, started.plus(wanted.timeout()));
        ExecutorService beside = Executors.newSingleThreadExecutor(ReadyWait::daemon);
        try {
            ReadinessRule.Verdict verdict = rule.evaluate(observe(id, beside), clock.instant());
            while (verdict instanceof ReadinessRule.Verdict.Waiting) {
                sleeper.sleep(PAUSE);
                verdict = rule.evaluate(observe(id, beside), clock.instant());
            }
            return verdict;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the container", e);
        } finally {
            // A question that is left unanswered ends by its own limit.
            beside.shutdownNow();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "ecs-ready-probe");
        thread.setDaemon(true);
        return thread;
    }

    private Observation observe(String id, ExecutorService beside) throws InterruptedException {
        try {
            InspectContainerResponse container = client.inspectContainerCmd(id).exec();
            Observation.State state = EngineState.of(container.getState());
            port = wanted.port()
                    .flatMap(inside -> EngineState.publishedPort(container, inside))
                    .orElse(0);
            return new Observation(
                    state, state.running() ? answer(beside) : new Observation.Probe.NotAsked(), log.seen());
        } catch (NotFoundException e) {
            return new Observation(EngineState.REMOVED, new Observation.Probe.NotAsked(), log.seen());
        }
    }

    /** Asks, unless a question is under way, and waits a moment for what comes back. */
    private Observation.Probe answer(ExecutorService beside) throws InterruptedException {
        Future<Observation.Probe> asked = question == null ? beside.submit(this::probe) : question;
        question = asked;
        try {
            answer = asked.get(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
            question = null;
        } catch (TimeoutException underWay) {
            // The next look asks for it again.
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
        return answer;
    }

    private Observation.Probe probe() {
        if (wanted.port().isEmpty()) {
            return new Observation.Probe.NotAsked();
        }
        if (port == 0) {
            return new Observation.Probe.Silent("the engine has not published it");
        }
        String reached = reachedHost();
        if (reached == null) {
            return new Observation.Probe.Silent(
                    "connection refused at " + String.join(", ", publishing.hosts()) + ", port " + port);
        }
        Optional<String> path = wanted.readiness().path();
        if (path.isPresent()) {
            return PortProbe.get(reached, port, path.get());
        }
        return wanted.readiness().line().isPresent() ? new Observation.Probe.NotAsked() : PortProbe.open(reached, port);
    }

    private @Nullable String reachedHost() {
        String reached = host;
        if (reached == null) {
            reached = PortProbe.reachable(publishing.hosts(), port).orElse(null);
            host = reached;
        }
        return reached;
    }

    private TreeSet<Integer> otherPorts(String id) {
        TreeSet<Integer> ports = new TreeSet<>();
        try {
            String image = client.inspectContainerCmd(id).exec().getImageId();
            if (image != null) {
                ports.addAll(EngineImages.exposedPorts(client, image));
            }
        } catch (NotFoundException e) {
            return new TreeSet<>();
        }
        wanted.port().ifPresent(ports::remove);
        return ports;
    }

    /** The deadline is the request's. */
    @Override
    public WaitStrategy withStartupTimeout(Duration timeout) {
        return this;
    }

    RunningContainer running(String id, long millis) {
        String reached = host;
        return new RunningContainer(id, reached == null ? publishing.hosts().get(0) : reached, port, proof, millis);
    }
}
