package io.github.ecsmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A steady stream of requests to a service, and those that failed. */
final class Requests implements AutoCloseable {
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Thread thread;

    private Requests(String url) {
        thread = new Thread(() -> ask(url), "requests");
        thread.setDaemon(true);
    }

    static Requests to(String url) {
        Requests requests = new Requests(url);
        requests.thread.start();
        return requests;
    }

    private void ask(String url) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                SandboxView.get(url);
                count.incrementAndGet();
            } catch (RuntimeException | AssertionError failure) {
                if (!Thread.currentThread().isInterrupted()) {
                    failures.add(String.valueOf(failure));
                }
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** Each request so far was answered by a 200, and there were enough to meet whatever happened to the service. */
    void noneFailed() {
        assertThat(failures).isEmpty();
        assertThat(count.get()).isGreaterThan(10);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
