package io.github.ecsmaven.ecs;

import io.github.ecsmaven.ecs.verdict.Arns;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;

/**
 * Asks DescribeServices for all services that are watched at the same time: who looks first asks for up to ten, the others take
 * what it was told. They keep one beat, so that they look together. For services of one account and region; thread-safe: a call that lasts, as one that is throttled, is
 * waited for by those whose services it asks for, and by nobody else.
 */
public final class DescribeTogether {
    /** DescribeServices takes ten (API reference). */
    private static final int AT_ONCE = 10;

    /** An answer that is older is asked for again: the outcome shall be known soon. */
    private static final Duration FRESH = Duration.ofMillis(200);

    private final Set<Name> watched = new LinkedHashSet<>();
    private final Map<Name, Answer> answers = new HashMap<>();
    private final Set<Name> taken = new HashSet<>();
    private final Map<Name, Call> underWay = new HashMap<>();
    private Instant asked = Instant.MIN;
    private Instant next = Instant.MIN;

    private record Name(String cluster, String service) {}

    private record Answer(
            Instant at, Optional<Service> service, @Nullable SdkException fault) {}

    /** Who asks, for whom; done when the answers are there, or nobody answers any more. */
    private record Call(List<Name> batch, CountDownLatch done) {}

    synchronized void join(String cluster, String service) {
        watched.add(new Name(cluster, service));
    }

    synchronized void leave(String cluster, String service) {
        watched.remove(new Name(cluster, service));
        answers.remove(new Name(cluster, service));
        taken.remove(new Name(cluster, service));
    }

    /**
     * The service as it is now; empty when there is none. Each answer is given once.
     *
     * @throws SdkException also when it was another who asked
     */
    Optional<Service> look(EcsClient ecs, String cluster, String service, Instant now) {
        Name ours = new Name(cluster, service);
        boolean waited = false;
        while (true) {
            Call call;
            boolean asks;
            synchronized (this) {
                // What was waited for is as new as an answer can be, however long the call took.
                if (!taken.contains(ours) && (waited ? answers.containsKey(ours) : hasFresh(ours, now))) {
                    return take(ours);
                }
                asks = !underWay.containsKey(ours);
                call = asks ? begin(ours, now) : Objects.requireNonNull(underWay.get(ours));
            }
            if (asks) {
                ask(ecs, call, now);
            } else {
                await(call);
            }
            waited = true;
        }
    }

    private Optional<Service> take(Name ours) {
        taken.add(ours);
        Answer answer = Objects.requireNonNull(answers.get(ours));
        if (answer.fault() != null) {
            throw answer.fault();
        }
        return answer.service();
    }

    /** @param pause from this look to the next, for who is the first to ask */
    synchronized Duration untilNext(Instant now, Duration pause) {
        if (!next.isAfter(asked)) {
            next = asked.plus(pause);
        } else if (!next.isAfter(now)) {
            // Nobody has looked since: CodeDeploy was asked in ECS's place.
            next = now.plus(pause);
        }
        Duration left = Duration.between(now, next);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private List<Name> batch(Name ours, Instant now) {
        List<Name> batch = new ArrayList<>(List.of(ours));
        watched.stream()
                .filter(other -> !other.equals(ours) && other.cluster().equals(ours.cluster()))
                .filter(other -> !hasFresh(other, now) && !underWay.containsKey(other))
                .limit(AT_ONCE - 1)
                .forEach(batch::add);
        return batch;
    }

    private boolean hasFresh(Name one, Instant now) {
        Answer answer = answers.get(one);
        return answer != null && Duration.between(answer.at(), now).compareTo(FRESH) <= 0;
    }

    private Call begin(Name ours, Instant now) {
        Call call = new Call(batch(ours, now), new CountDownLatch(1));
        answers.keySet().removeAll(call.batch());
        taken.removeAll(call.batch());
        call.batch().forEach(one -> underWay.put(one, call));
        asked = now;
        return call;
    }

    private void ask(EcsClient ecs, Call call, Instant now) {
        Map<Name, Answer> got = new HashMap<>();
        try {
            List<Service> found = ecs.describeServices(ask -> ask.cluster(
                                    call.batch().get(0).cluster())
                            .services(call.batch().stream().map(Name::service).toList()))
                    .services();
            call.batch().forEach(one -> got.put(one, new Answer(now, named(found, one.service()), null)));
        } catch (AbortedException interrupted) {
            throw interrupted;
        } catch (SdkException fault) {
            call.batch().forEach(one -> got.put(one, new Answer(now, Optional.empty(), fault)));
        } finally {
            end(call, got);
        }
    }

    /** @param got empty when who asked was interrupted: then one of those that wait asks */
    private synchronized void end(Call call, Map<Name, Answer> got) {
        answers.putAll(got);
        underWay.keySet().removeAll(call.batch());
        call.done().countDown();
    }

    private static void await(Call call) {
        try {
            call.done().await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw AbortedException.create("Interrupted while another asked.", interrupted);
        }
    }

    private static Optional<Service> named(List<Service> found, String service) {
        return found.stream()
                .filter(one -> Arns.name(service).equals(one.serviceName()))
                .findFirst();
    }
}
