package io.github.ecsmaven.upload;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Does many things at once. The first that fails keeps the rest from beginning. */
final class InParallel implements AutoCloseable {
    private static final long TICK_MILLIS = 250;

    private final ExecutorService threads;
    private final int atOnce;
    private final Runnable tick;

    /** @param tick called several times a second by the thread that waits */
    InParallel(int atOnce, Runnable tick) {
        this.atOnce = atOnce;
        this.tick = tick;
        this.threads = Executors.newFixedThreadPool(atOnce, work -> {
            Thread thread = new Thread(work, "ecs-upload");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Returns when all is done and nothing runs any more. */
    <T> void each(List<T> items, Consumer<T> work) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> workers = new ArrayList<>();
        for (int i = 0; i < Math.min(atOnce, items.size()); i++) {
            workers.add(threads.submit(() -> work(items, next, work)));
        }
        @Nullable RuntimeException failed = null;
        try {
            for (Future<?> worker : workers) {
                failed = first(failed, await(worker, next, items.size()));
            }
        } finally {
            next.set(items.size());
        }
        if (failed != null) {
            throw failed;
        }
    }

    private static <T> void work(List<T> items, AtomicInteger next, Consumer<T> work) {
        for (int at = next.getAndIncrement(); at < items.size(); at = next.getAndIncrement()) {
            try {
                work.accept(items.get(at));
            } catch (RuntimeException failed) {
                next.set(items.size());
                throw failed;
            }
        }
    }

    private @Nullable RuntimeException await(Future<?> worker, AtomicInteger next, int all)
            throws InterruptedException {
        @Nullable RuntimeException failed = null;
        while (true) {
            try {
                worker.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
                return failed;
            } catch (TimeoutException stillAtWork) {
                try {
                    tick.run();
                } catch (RuntimeException lost) {
                    next.set(all);
                    failed = first(failed, lost);
                }
            } catch (ExecutionException error) {
                if (error.getCause() instanceof RuntimeException cause) {
                    return first(failed, cause);
                }
                throw new IllegalStateException(error.getCause());
            }
        }
    }

    private static @Nullable RuntimeException first(@Nullable RuntimeException one, @Nullable RuntimeException other) {
        return one == null ? other : one;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
