package io.github.ecsmaven.ecs.verdict;

import io.github.ecsmaven.Digest;
import io.github.ecsmaven.ecs.verdict.Observation.ContainerSeen;
import io.github.ecsmaven.ecs.verdict.Observation.Deployed;
import io.github.ecsmaven.ecs.verdict.Observation.ImageSeen;
import io.github.ecsmaven.ecs.verdict.Observation.Shift;
import io.github.ecsmaven.ecs.verdict.Observation.TaskSeen;
import io.github.ecsmaven.ecs.verdict.Observation.Tracked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes observations for tables: the rollout of orders in uat from revision 17 to 18, two tasks. */
public final class Seen {
    public static final Instant T0 = Instant.parse("2026-01-01T10:00:00Z");
    public static final Digest DIGEST = new Digest("sha256:" + "ab".repeat(32));
    public static final String FAMILY = "arn:aws:ecs:eu-west-1:123456789012:task-definition/orders:";

    private String status = "ACTIVE";
    private int desired = 2;
    private boolean readable = true;
    private Instant updatedAt = T0;
    private String reason = "";
    private Optional<Tracked> tracked = Optional.empty();
    private final List<Deployed> deployments = new ArrayList<>();
    private final List<TaskSeen> tasks = new ArrayList<>();
    private final List<ImageSeen> images = new ArrayList<>();
    private final List<String> events = new ArrayList<>();

    public static Seen seen() {
        return new Seen();
    }

    public static Expected expected(Expected.Breaker breaker) {
        return new Expected(
                "uat",
                "orders",
                "ecs-svc/new",
                FAMILY + 18,
                Optional.of(FAMILY + 17),
                "orders",
                Optional.of(new Expected.Image(DIGEST, Set.of(), true)),
                2,
                breaker,
                T0,
                Duration.ofMinutes(15),
                Strategy.ROLLING,
                WaitFor.complete);
    }

    /** The same, without circuit breaker, for such an image. */
    public static Expected image(Set<Digest> platforms, boolean pinned) {
        Expected e = expected(Expected.Breaker.OFF);
        return new Expected(
                e.cluster(),
                e.service(),
                e.deploymentId(),
                e.taskDefinition(),
                e.good(),
                e.container(),
                Optional.of(new Expected.Image(DIGEST, platforms, pinned)),
                e.desired(),
                e.breaker(),
                e.started(),
                e.timeout(),
                e.strategy(),
                e.waitFor());
    }

    public static Expected first(Expected.Breaker breaker) {
        Expected e = expected(breaker);
        return new Expected(
                e.cluster(),
                e.service(),
                e.deploymentId(),
                e.taskDefinition(),
                Optional.empty(),
                e.container(),
                e.image(),
                e.desired(),
                breaker,
                e.started(),
                e.timeout(),
                e.strategy(),
                e.waitFor());
    }

    /** The same, by this strategy, waiting for that. */
    public static Expected shifting(Strategy strategy, WaitFor waitFor) {
        Expected e = expected(Expected.Breaker.OFF);
        return new Expected(
                e.cluster(),
                e.service(),
                e.deploymentId(),
                e.taskDefinition(),
                e.good(),
                e.container(),
                e.image(),
                e.desired(),
                e.breaker(),
                e.started(),
                e.timeout(),
                strategy,
                waitFor);
    }

    public Seen fresh(String status, String state, int running, int pending, int failed) {
        return deployment("ecs-svc/new", status, 18, state, running, pending, failed, T0);
    }

    public Seen old(String status, String state, int running) {
        return deployment("ecs-svc/old", status, 17, state, running, 0, 0, T0.minusSeconds(86400));
    }

    public Seen other(String state, int running) {
        return deployment("ecs-svc/other", "PRIMARY", 19, state, running, 0, 0, T0.plusSeconds(20));
    }

    /** The same task definition, deployed by somebody else. */
    public Seen again() {
        return deployment("ecs-svc/again", "PRIMARY", 18, "IN_PROGRESS", 0, 0, 0, T0.plusSeconds(20));
    }

    private Seen deployment(
            String id, String status, int revision, String state, int running, int pending, int failed, Instant at) {
        deployments.add(new Deployed(
                id, status, FAMILY + revision, desired, pending, running, failed, at, updatedAt, state, reason));
        return this;
    }

    public Seen service(String status, int desired) {
        this.status = status;
        this.desired = desired;
        return this;
    }

    /** Of the deployments that follow: the reason of their rollout state. */
    public Seen because(String reason) {
        this.reason = reason;
        return this;
    }

    public Seen tracked(String status) {
        tracked = Optional.of(new Tracked("arn:sd/1", status, "", Optional.empty()));
        return this;
    }

    /** A service deployment that is under way, in this lifecycle stage since {@link #T0}. */
    public Seen stage(String stage, Optional<Double> production) {
        Shift shift = new Shift(stage, production, Optional.of(T0));
        tracked = Optional.of(new Tracked("arn:sd/1", "IN_PROGRESS", "", Optional.of(shift)));
        return this;
    }

    public Seen unreadable() {
        readable = false;
        return this;
    }

    public Seen event(String text) {
        events.add(text);
        return this;
    }

    public Seen image(String digest) {
        return image("orders", digest);
    }

    public Seen image(String container, String digest) {
        images.add(new ImageSeen(container, "repo", digest));
        return this;
    }

    public Seen runningImage(String image) {
        tasks.add(new TaskSeen(
                "r",
                "ecs-svc/new",
                "RUNNING",
                "RUNNING",
                "UNKNOWN",
                "",
                "",
                Optional.empty(),
                Optional.empty(),
                List.of(new ContainerSeen("orders", image, "", Optional.empty(), "", ""))));
        return this;
    }

    public Seen running(String health) {
        return task("RUNNING", "RUNNING", health, "", "", DIGEST.value(), Optional.empty(), "");
    }

    public Seen runningDigest(String digest) {
        return task("RUNNING", "RUNNING", "UNKNOWN", "", "", digest, Optional.empty(), "");
    }

    public Seen stopped(String stopCode, String reason, Integer exit) {
        return stopped(stopCode, reason, Optional.of(exit), "");
    }

    public Seen stopped(String stopCode, String reason, Optional<Integer> exit, String containerReason) {
        return task("STOPPED", "STOPPED", "UNKNOWN", stopCode, reason, "", exit, containerReason);
    }

    public Seen drainingOld() {
        tasks.add(new TaskSeen(
                "o",
                "ecs-svc/old",
                "DEACTIVATING",
                "STOPPED",
                "UNKNOWN",
                "",
                "",
                Optional.empty(),
                Optional.empty(),
                List.of()));
        return this;
    }

    private Seen task(
            String last,
            String wanted,
            String health,
            String stopCode,
            String reason,
            String digest,
            Optional<Integer> exit,
            String containerReason) {
        int n = tasks.size();
        Optional<Instant> stoppedAt =
                last.equals("STOPPED") ? Optional.of(T0.plusSeconds(3L * n + 3)) : Optional.empty();
        tasks.add(new TaskSeen(
                "7c1e" + n,
                "ecs-svc/new",
                last,
                wanted,
                health,
                stopCode,
                reason,
                Optional.of(T0.plusSeconds(3L * n)),
                stoppedAt,
                List.of(new ContainerSeen("orders", "repo", digest, exit, containerReason, health))));
        return this;
    }

    public Observation done() {
        int running = deployments.stream().mapToInt(Deployed::running).sum();
        return new Observation(status, desired, running, deployments, tasks, tracked, images, readable, events);
    }
}
