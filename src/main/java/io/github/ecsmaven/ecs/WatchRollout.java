package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.Sleeper;
import io.github.ecsmaven.aws.AwsProblems;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.EcsClient;

/** Watches a rollout to its end: looks, judges, waits, and tells what it sees. */
final class WatchRollout {
    /** How often a sandbox on this machine is asked; it has no rate to be shared with others. */
    static final Duration LOCAL = Duration.ofMillis(250);

    /** How often AWS is asked. */
    static final Duration USUAL = Duration.ofSeconds(1);

    private static final Duration SLOWEST = Duration.ofSeconds(10);
    /** A fault of the network or of AWS that lasts longer than this ends the watch; the rollout goes on in ECS. */
    private static final Duration BLIND = Duration.ofMinutes(2);

    private final EcsClient ecs;
    private final RolloutLog log;
    private final Clock clock;
    private final Sleeper sleeper;
    private final RandomGenerator random;
    private final Duration pace;

    WatchRollout(EcsClient ecs, RolloutLog log, Clock clock, Sleeper sleeper, RandomGenerator random, Duration pace) {
        this.ecs = ecs;
        this.log = log;
        this.clock = clock;
        this.sleeper = sleeper;
        this.random = random;
        this.pace = pace;
    }

    /** @param last what was seen last */
    record Ended(Verdict verdict, Observation last) {}

    /**
     * @param before ids of the service events that were there before the rollout
     * @throws Problem when ECS can't be asked any more
     */
    Ended run(Expected expected, Set<String> before) throws InterruptedException {
        ObserveService observe = new ObserveService(ecs, log, expected, before);
        Set<String> told = new LinkedHashSet<>();
        Instant lastLook = clock.instant();
        Duration pause = pace;
        while (true) {
            try {
                Observation seen = observe.run();
                lastLook = clock.instant();
                tell(seen, expected, told);
                Verdict verdict = EvaluateRollout.evaluate(seen, expected, lastLook);
                if (!(verdict instanceof Verdict.Waiting waiting)) {
                    log.state(elapsed(expected), StateLine.of(seen, expected));
                    return new Ended(verdict, seen);
                }
                log.state(elapsed(expected), waiting.state());
                pause = pace;
            } catch (AbortedException interrupted) {
                throw (InterruptedException) new InterruptedException().initCause(interrupted);
            } catch (SdkException fault) {
                pause = afterFault(expected, fault, lastLook, pause);
            }
            sleeper.sleep(jittered(pause));
        }
    }

    private void tell(Observation seen, Expected expected, Set<String> told) {
        List<String> events = seen.events();
        for (int i = events.size() - 1; i >= 0; i--) {
            String event = events.get(i);
            if (!told.add(event)) {
                continue;
            }
            if (ServiceEvents.isTelling(event)) {
                log.event(elapsed(expected), ServiceEvents.said(event));
            } else {
                log.detail(ServiceEvents.said(event));
            }
        }
    }

    private Duration afterFault(Expected expected, SdkException fault, Instant lastLook, Duration pause) {
        boolean blind = Duration.between(lastLook, clock.instant()).compareTo(BLIND) > 0;
        if (!AwsProblems.isPassing(fault) || blind) {
            throw EcsCalls.problem("watch the rollout of service '" + expected.service() + "'", fault);
        }
        log.detail("Looking again after: " + AwsProblems.message(fault));
        Duration doubled = pause.compareTo(USUAL) < 0 ? USUAL.multipliedBy(2) : pause.multipliedBy(2);
        return doubled.compareTo(SLOWEST) > 0 ? SLOWEST : doubled;
    }

    private Duration elapsed(Expected expected) {
        return Duration.between(expected.started(), clock.instant());
    }

    /** Builds that began together shall not ask together: 100 to 150 percent. */
    private Duration jittered(Duration pause) {
        return Duration.ofMillis(Math.round(pause.toMillis() * (1 + random.nextDouble() / 2)));
    }
}
