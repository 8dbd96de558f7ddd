package io.github.ecsmaven.sandbox.ecs;

import io.github.ecsmaven.sandbox.wire.AwsError;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How often one account may call ECS in one region: a token bucket for each category of actions, as AWS publishes them (Request
 * throttling for the Amazon ECS API). Thread-safe.
 */
public final class PublishedRates {
    private final Clock clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>();

    /** So many tokens at most, so many more a second. */
    private static final class Bucket {
        final int burst;
        final int refill;
        double tokens;
        long filledAt;
        int taken;
        int refused;

        Bucket(int burst, int refill, long now) {
            this.burst = burst;
            this.refill = refill;
            tokens = burst;
            filledAt = now;
        }

        boolean take(long now) {
            tokens = Math.min(burst, tokens + (now - filledAt) * refill / 1_000.0);
            filledAt = now;
            boolean has = tokens >= 1;
            tokens -= has ? 1 : 0;
            taken += has ? 1 : 0;
            refused += has ? 0 : 1;
            return has;
        }
    }

    public PublishedRates(Clock clock) {
        this.clock = clock;
        category(50, 5, Set.of("CreateService", "UpdateService", "DeleteService"));
        category(100, 20, Set.of("DescribeServices", "ListServices"));
        // StopServiceDeployment is in no list: the narrowest that it may belong to.
        category(50, 20, Set.of("DescribeServiceDeployments", "ListServiceDeployments", "StopServiceDeployment"));
        category(50, 20, Set.of("DescribeServiceRevisions"));
        category(100, 20, Set.of("DescribeTasks", "ListTasks"));
        category(20, 1, Set.of("RegisterTaskDefinition", "DeregisterTaskDefinition"));
        category(50, 20, Set.of("DescribeTaskDefinition", "ListTaskDefinitions"));
        category(50, 20, Set.of("DescribeClusters", "ListClusters"));
    }

    private void category(int burst, int refill, Set<String> actions) {
        Bucket bucket = new Bucket(burst, refill, clock.millis());
        actions.forEach(action -> buckets.put(action, bucket));
    }

    /** @throws AwsError when the account has called too often */
    synchronized void onCall(String action) {
        Bucket bucket = buckets.get(action);
        if (bucket == null) {
            throw new IllegalArgumentException("No rate is known for " + action + ".");
        }
        if (!bucket.take(clock.millis())) {
            throw new AwsError("ThrottlingException", 400, "Rate exceeded");
        }
    }

    /** Calls that were let through. */
    public synchronized int taken() {
        return buckets.values().stream()
                .distinct()
                .mapToInt(bucket -> bucket.taken)
                .sum();
    }

    /** Calls that were too many. */
    public synchronized int refused() {
        return buckets.values().stream()
                .distinct()
                .mapToInt(bucket -> bucket.refused)
                .sum();
    }
}
