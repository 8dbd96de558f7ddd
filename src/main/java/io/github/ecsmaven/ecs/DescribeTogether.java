package io.github.ecsmaven.ecs;

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
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;

/**
 * Asks DescribeServices for all services that are watched at the same time: who looks first asks for up to ten, the others take
 * what it was told. They keep one beat, so that they look together. For services of one account and region; thread-safe.
 */
public final class DescribeTogether {
    /** DescribeServices takes ten (API reference). */
    private static final int AT_ONCE = 10;

    /** An answer that is older is asked for again: the outcome shall be known soon. */
    private static final Duration FRESH = Duration.ofMillis(200);

    private final Set<Name> watched = new LinkedHashSet<>();
    private final Map<Name, Answer> answers = new HashMap<>();
    private final Set<Name> taken = new HashSet<>();
    private Instant asked = Instant.MIN;
    private Instant next = Instant.MIN;

    private record Name(String cluster, String service) {}

    private record Answer(
            Instant at, Optional<Service> service, @Nullable SdkException fault) {}

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
    synchronized Optional<Service> look(EcsClient ecs, String cluster, String service, Instant now) {
        Name ours = new Name(cluster, service);
        if (!hasFresh(ours, now) || taken.contains(ours)) {
            ask(ecs, batch(ours, now), now);
        }
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
                .filter(other -> !hasFresh(other, now))
                .limit(AT_ONCE - 1)
                .forEach(batch::add);
        return batch;
    }

    private boolean hasFresh(Name one, Instant now) {
        Answer answer = answers.get(one);
        return answer != null && Duration.between(answer.at(), now).compareTo(FRESH) <= 0;
    }

    private void ask(EcsClient ecs, List<Name> batch, Instant now) {
        asked = now;
        taken.removeAll(batch);
        try {
            List<Service> found = ecs.describeServices(
                            ask -> ask.cluster(batch.get(0).cluster())
                                    .services(batch.stream().map(Name::service).toList()))
                    .services();
            batch.forEach(one -> answers.put(one, new Answer(now, named(found, one.service()), null)));
        } catch (AbortedException interrupted) {
            throw interrupted;
        } catch (SdkException fault) {
            batch.forEach(one -> answers.put(one, new Answer(now, Optional.empty(), fault)));
        }
    }

    private static Optional<Service> named(List<Service> found, String service) {
        return found.stream()
                .filter(one -> Arns.name(service).equals(one.serviceName()))
                .findFirst();
    }
}
