package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.Sleeper;
import io.github.ecsmaven.aws.AwsProblems;
import io.github.ecsmaven.ecs.verdict.CrashLoop;
import io.github.ecsmaven.ecs.verdict.Expected;
import io.github.ecsmaven.ecs.verdict.Observation;
import io.github.ecsmaven.ecs.verdict.ServiceEvents;
import io.github.ecsmaven.ecs.verdict.StateLine;
import io.github.ecsmaven.ecs.verdict.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/** Watches a rollout to its end: looks, judges, waits, and tells what it sees. */
final class WatchRollout {
    /** How often a sandbox on this machine is asked at most. */
    static final Duration LOCAL = Duration.ofMillis(250);

    /** How often AWS is asked: 44 times a minute, which leaves 15 calls for more than the service's own state. */
    static final Duration USUAL = Duration.ofMillis(1350);

    /** The outcome shall be known within 1.5 s. */
    private static final double JITTER = 0.07;

    private static final double JITTER_AFTER_FAULT = 0.4;

    private static final Duration SLOWEST = Duration.ofSeconds(10);
    /** A fault of the network or of AWS that lasts longer than this ends the watch; the rollout goes on in ECS. */
    private static final Duration BLIND = Duration.ofMinutes(2);

    /** So many looks in a row that fail are no blink. */
    private static final int LASTING = 2;

    private final RolloutApis apis;
    private final RolloutLog log;
    private final Clock clock;
    private final Sleeper sleeper;
    private final RandomGenerator random;
    private final CallBudget budget;
    /** Over all that this one watches: a rollback follows the rollout, and its events are still among the new ones. */
    private final Set<String> told = new HashSet<>();
    /** So is what is not permitted: it is asked for, and told, once. */
    private final Set<String> denied = new HashSet<>();
    /** A deployment that is rolled back may be gone from DescribeServices before it is looked at again. */
    private final Map<String, ObserveService> observed = new HashMap<>();

    WatchRollout(RolloutApis apis, RolloutLog log, Clock clock, Sleeper sleeper) {
        this.apis = apis;
        this.log = log;
        this.clock = clock;
        this.sleeper = sleeper;
        this.random = new Random();
        this.budget = new CallBudget(clock, USUAL);
    }

    /** @param last what was seen last */
    record Ended(Verdict verdict, Observation last) {}

    /**
     * @param before ids of the service events that were there before the rollout
     * @throws Problem when ECS can't be asked any more
     */
    Ended run(Expected expected, Set<String> before) throws InterruptedException {
        ObserveService observe = observed.computeIfAbsent(
                expected.deploymentId(), id -> new ObserveService(apis, log, clock, budget, expected, before, denied));
        apis.together().join(expected.cluster(), expected.service());
        try {
            return watch(expected, watched(expected, observe), observe);
        } finally {
            apis.together().leave(expected.cluster(), expected.service());
        }
    }

    private Watched watched(Expected expected, ObserveService observe) {
        return expected.isByCodeDeploy()
                ? new WatchDeployment(apis, log, budget, expected, observe)
                : new WatchService(observe, expected);
    }

    private Ended watch(Expected expected, Watched watched, ObserveService observe) throws InterruptedException {
        Instant lastLook = clock.instant();
        Duration afterFault = USUAL;
        int faults = 0;
        while (true) {
            Duration pause;
            try {
                Observation seen = watched.look();
                lastLook = clock.instant();
                tellAgain(expected, faults);
                faults = 0;
                tell(seen, expected);
                Verdict verdict = watched.judge(seen, lastLook);
                if (!(verdict instanceof Verdict.Waiting waiting)) {
                    log.state(elapsed(expected), StateLine.of(seen, expected));
                    boolean timeout = verdict instanceof Verdict.Failed failed && failed.kind() == Verdict.Kind.TIMEOUT;
                    return new Ended(verdict, timeout ? observe.withTasks(seen) : seen);
                }
                log.state(elapsed(expected), waiting.state());
                pause = apis.together().untilNext(clock.instant(), jittered(pace(expected), JITTER));
                afterFault = USUAL;
            } catch (AbortedException interrupted) {
                throw (InterruptedException) new InterruptedException().initCause(interrupted);
            } catch (SdkException fault) {
                afterFault = afterFault(expected, fault, lastLook, afterFault);
                pause = jittered(afterFault, JITTER_AFTER_FAULT);
                tellFault(expected, fault, ++faults);
            }
            sleeper.sleep(pause);
        }
    }

    /** The sandbox brings a rollout to its end within seconds: it is asked often at first. */
    private Duration pace(Expected expected) {
        Duration early = elapsed(expected).dividedBy(3);
        if (!apis.sandbox() || early.compareTo(USUAL) > 0) {
            return USUAL;
        }
        return early.compareTo(LOCAL) < 0 ? LOCAL : early;
    }

    private void tell(Observation seen, Expected expected) {
        List<String> events = seen.events();
        tellLoop(seen, expected);
        for (int i = events.size() - 1; i >= 0; i--) {
            String event = events.get(i);
            if (!told.add(event)) {
                continue;
            }
            if (ServiceEvents.isTelling(event) && told.add("like " + ServiceEvents.kind(event))) {
                log.event(elapsed(expected), ServiceEvents.said(event));
            } else {
                log.detail(ServiceEvents.said(event));
            }
        }
    }

    /** Where ECS's own circuit breaker decides, the loop is told before that fires: of a large service it takes long. */
    private void tellLoop(Observation seen, Expected expected) {
        if (CrashLoop.is(seen, expected) && told.add("loop of " + expected.deploymentId())) {
            log.event(elapsed(expected), CrashLoop.say(seen, expected));
        }
    }

    /** A fault that lasts is told once, and so is its end; one that has passed by the next look is not worth a line. */
    private void tellFault(Expected expected, SdkException fault, int faults) {
        if (faults == LASTING) {
            Problem problem = EcsCalls.problem("look at service '" + expected.service() + "'", fault);
            log.event(elapsed(expected), problem.what() + " " + expected.deployer() + " goes on; looking again.");
        }
    }

    private void tellAgain(Expected expected, int faults) {
        if (faults >= LASTING) {
            log.event(elapsed(expected), "AWS answers again.");
        }
    }

    private Duration afterFault(Expected expected, SdkException fault, Instant lastLook, Duration pause) {
        if (!AwsProblems.isPassing(fault) || blind(expected, fault, lastLook)) {
            throw EcsCalls.problem(
                    "watch the " + (expected.isRollback() ? "rollback" : "rollout") + " of service '"
                            + expected.service() + "'",
                    fault);
        }
        log.detail("Looking again after: " + AwsProblems.message(fault));
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(SLOWEST) > 0 ? SLOWEST : doubled;
    }

    /** Who is only asked to call less often waits for as long as for the rollout itself. */
    private boolean blind(Expected expected, SdkException fault, Instant lastLook) {
        Instant now = clock.instant();
        boolean unseen = Duration.between(lastLook, now).compareTo(BLIND) > 0;
        return unseen && (!AwsProblems.isThrottling(fault) || expected.late(now));
    }

    private Duration elapsed(Expected expected) {
        return Duration.between(expected.started(), clock.instant());
    }

    /** Builds that began together shall not ask together. */
    private Duration jittered(Duration pause, double part) {
        return Duration.ofMillis(Math.round(pause.toMillis() * (1 + random.nextDouble() * part)));
    }
}
