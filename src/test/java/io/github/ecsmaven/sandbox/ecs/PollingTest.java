package io.github.ecsmaven.sandbox.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.sandbox.ecs.Deployment.Rollout;
import io.github.ecsmaven.sandbox.ecs.ScriptedService.Script;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Rollouts of 1,000 services with 10 tasks each, in a virtual minute: one account's token buckets against what watching
 * asks for. The buckets are those that AWS publishes (Request throttling for the Amazon ECS API).
 */
class PollingTest {
    private static final int SERVICES = 1_000;
    private static final int TASKS = 10;
    /** DescribeServices takes ten. */
    private static final int BATCH = 10;

    private static final int TICK = 20;

    /** A bucket: so many tokens at most, so many more a second. */
    private static final class Bucket {
        private final int burst;
        private final int refill;
        private double tokens;
        private long filledAt;
        int refused;
        int taken;

        Bucket(int burst, int refill) {
            this.burst = burst;
            this.refill = refill;
            this.tokens = burst;
        }

        boolean take(long now) {
            tokens = Math.min(burst, tokens + (now - filledAt) * refill / 1_000.0);
            filledAt = now;
            if (tokens < 1) {
                refused++;
                return false;
            }
            tokens--;
            taken++;
            return true;
        }
    }

    private final Bucket serviceRead = new Bucket(100, 20);
    private final Bucket deployments = new Bucket(50, 20);
    private final List<ScriptedService> services = new ArrayList<>();
    private final Map<ScriptedService, Long> seenAt = new LinkedHashMap<>();

    @Test
    void thousandServicesWhenPolledInBatchesStayInsideTheBuckets() {
        begin(SERVICES);
        // 100 batches; one pass over all of them takes as long as the slower bucket needs for it
        long pause = 1_000 * (SERVICES / BATCH) / 20 + 100;
        watch(pause, SERVICES / BATCH);

        assertThat(serviceRead.refused).isZero();
        assertThat(deployments.refused).isZero();
        assertThat(seenAt).hasSize(SERVICES);
        services.forEach(service -> assertThat(service.leastHealthy).isEqualTo(TASKS));
    }

    @Test
    void twentyServicesWhenEachIsPolledOnItsOwnEachSecondStayInsideTheBuckets() {
        begin(20);
        watch(1_000, 20);

        assertThat(serviceRead.refused).isZero();
        assertThat(deployments.refused).isZero();
        assertThat(seenAt).hasSize(20);
    }

    @Test
    void thousandServicesWhenEachIsPolledOnItsOwnEachSecondAreThrottled() {
        begin(SERVICES);
        watch(1_000, SERVICES);

        assertThat(serviceRead.refused).isGreaterThan(SERVICES);
    }

    private void begin(int count) {
        for (int i = 0; i < count; i++) {
            ScriptedService service = ScriptedService.running(TASKS, 100, 200);
            service.scripts.put("two", Script.GOOD);
            service.deploy("two");
            services.add(service);
        }
    }

    /** For a virtual minute, or until all outcomes are known: {@code calls} spread over each {@code pause}. */
    private void watch(long pause, int calls) {
        int each = services.size() / calls;
        for (long now = TICK; now <= 60_000 && seenAt.size() < services.size(); now += TICK) {
            for (int call = 0; call < calls; call++) {
                long due = pause * call / calls;
                if (now % pause >= due && now % pause < due + TICK) {
                    poll(services.subList(call * each, (call + 1) * each), now);
                }
            }
        }
    }

    private void poll(List<ScriptedService> batch, long now) {
        if (serviceRead.take(now) & deployments.take(now)) {
            for (ScriptedService service : batch) {
                service.run(Math.max(0, 1_005_000 + now - service.now));
                if (service.service.primary().rollout() == Rollout.COMPLETED) {
                    seenAt.putIfAbsent(service, now);
                }
            }
        }
    }
}
