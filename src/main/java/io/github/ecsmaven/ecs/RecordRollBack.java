package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Digest;
import io.github.ecsmaven.ecs.Rollout.Outcome;
import io.github.ecsmaven.ecs.verdict.Arns;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;

/** Leaves the record of a rollback that was asked for by hand, however that ends. */
final class RecordRollBack {
    /** What is told of the end. */
    @FunctionalInterface
    interface Follow {
        /** @throws io.github.ecsmaven.Problem when the rollback failed */
        String run() throws InterruptedException;
    }

    private final Clock clock;
    private final RollBackRequest request;
    private final Service before;
    private final String to;
    private final Optional<Digest> image;
    private final Instant started;
    private final Consumer<Rollout> record;

    /**
     * @param before the service as it is before anything is changed
     * @param to ARN of the task definition that is brought back
     * @param record gets what became of it; not when it isn't known which image runs again
     */
    RecordRollBack(
            EcsClient ecs, Clock clock, RollBackRequest request, Service before, String to, Consumer<Rollout> record) {
        this.clock = clock;
        this.request = request;
        this.before = before;
        this.to = to;
        this.image = new EarlierImage(ecs, before).digest(to);
        this.started = clock.instant();
        this.record = record;
    }

    /** @param deployment that brings it back, or that is stopped for it */
    String during(String deployment, Follow follow) throws InterruptedException {
        Outcome outcome = Outcome.FAILED;
        try {
            String said = follow.run();
            outcome = request.await() ? Outcome.COMPLETED : Outcome.STARTED;
            return said;
        } catch (InterruptedException stopped) {
            outcome = Outcome.STARTED;
            throw stopped;
        } finally {
            write(deployment, outcome);
        }
    }

    private void write(String deployment, Outcome outcome) {
        image.map(digest -> new Rollout(
                        Arns.name(request.cluster()),
                        request.service(),
                        deployment,
                        to,
                        Optional.of(before.taskDefinition()),
                        digest,
                        outcome,
                        ReadStrategy.of(before).kind().name(),
                        ServiceFacts.url(before),
                        Duration.between(started, clock.instant()).toMillis() / 1000.0))
                .ifPresent(record);
    }
}
