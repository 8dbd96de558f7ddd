package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Sleeper;
import io.github.ecsmaven.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;

/** One virtual clock for many threads: time goes on when all of them sleep, to the first that wakes; the world moves meanwhile. */
final class SharedTime implements Sleeper {
    private final VirtualClock clock;
    private final Duration step;
    private final Runnable world;
    private final PriorityQueue<Asleep> asleep = new PriorityQueue<>();
    private final List<Throwable> broken = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private Instant worldAt;
    private int awake;

    private record Asleep(Instant until, CountDownLatch bell) implements Comparable<Asleep> {
        @Override
        public int compareTo(Asleep other) {
            return until.compareTo(other.until);
        }
    }

    /** Something that sleeps by this time. */
    interface Work {
        void run() throws Exception;
    }

    /** @param world what moves by itself, each step */
    SharedTime(VirtualClock clock, Duration step, Runnable world) {
        this.clock = clock;
        this.step = step;
        this.world = world;
        worldAt = clock.instant();
    }

    /** In a thread of its own; called by whoever sleeps by this time, or before all. */
    synchronized void start(String name, Work work) {
        awake++;
        Thread thread = new Thread(() -> run(work), name);
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Work work) {
        try {
            work.run();
        } catch (Exception | AssertionError error) {
            synchronized (this) {
                broken.add(error);
            }
        } finally {
            rest();
        }
    }

    @Override
    public void sleep(Duration pause) throws InterruptedException {
        Asleep me;
        synchronized (this) {
            me = new Asleep(clock.instant().plus(pause), new CountDownLatch(1));
            asleep.add(me);
        }
        rest();
        me.bell().await();
    }

    private synchronized void rest() {
        awake--;
        while (awake == 0 && !asleep.isEmpty()) {
            Instant next = asleep.peek().until();
            while (!worldAt.plus(step).isAfter(next)) {
                worldAt = worldAt.plus(step);
                moveTo(worldAt);
                world.run();
            }
            moveTo(next);
            while (!asleep.isEmpty() && !asleep.peek().until().isAfter(next)) {
                awake++;
                asleep.poll().bell().countDown();
            }
        }
        if (awake == 0) {
            over.countDown();
        }
    }

    private void moveTo(Instant time) {
        clock.moveOn(Duration.between(clock.instant(), time));
    }

    /** Until all threads have ended. */
    void await() throws InterruptedException {
        over.await();
        if (!broken.isEmpty()) {
            throw new AssertionError("A thread broke.", broken.get(0));
        }
    }
}
