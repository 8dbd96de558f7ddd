package io.github.ecsmaven.ecs;

import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Follows several services at the same time, and tells of each when it ends. */
final class EachService {
    private EachService() {}

    /**
     * Who is interrupted meanwhile interrupts each, waits for all, and is interrupted then.
     *
     * @param works one a service; each answers for its own failures
     * @param told gets what they give, one after the other, in the calling thread
     */
    static <T> void run(List<Supplier<T>> works, Consumer<T> told) {
        if (works.size() == 1) {
            told.accept(works.get(0).get());
        } else if (!works.isEmpty()) {
            together(works, told);
        }
    }

    private static <T> void together(List<Supplier<T>> works, Consumer<T> told) {
        ExecutorService threads = Executors.newFixedThreadPool(works.size());
        boolean interrupted = false;
        @Nullable Throwable broken = null;
        try {
            CompletionService<T> ends = new ExecutorCompletionService<>(threads);
            works.forEach(work -> ends.submit(work::get));
            int left = works.size();
            while (left > 0) {
                try {
                    Future<T> end = ends.take();
                    left--;
                    told.accept(end.get());
                } catch (ExecutionException unexpected) {
                    broken = unexpected.getCause();
                } catch (InterruptedException stopped) {
                    // Each ends at once and says where its service stands.
                    interrupted = true;
                    threads.shutdownNow();
                }
            }
        } finally {
            threads.shutdownNow();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (broken != null) {
            throw new IllegalStateException(broken);
        }
    }
}
