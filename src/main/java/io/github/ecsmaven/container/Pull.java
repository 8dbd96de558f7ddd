package io.github.ecsmaven.container;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One image on its way from a registry to the engine. */
final class Pull extends ResultCallback.Adapter<PullResponseItem> {
    private final Map<String, Long> done = new HashMap<>();
    private final Map<String, Long> total = new HashMap<>();
    private final Map<String, Long> unpacked = new HashMap<>();
    private @Nullable String error;
    private boolean over;

    @Override
    public synchronized void onNext(PullResponseItem item) {
        // The engine answers 200 and tells a failure in its stream.
        ResponseItem.ErrorDetail detail = item.getErrorDetail();
        if (detail != null && detail.getMessage() != null) {
            error = detail.getMessage();
        }
        ResponseItem.ProgressDetail progress = item.getProgressDetail();
        if (item.getId() == null || progress == null) {
            return;
        }
        if ("Downloading".equals(item.getStatus())) {
            note(item.getId(), progress);
        } else if ("Extracting".equals(item.getStatus()) && progress.getCurrent() != null) {
            unpacked.put(item.getId(), progress.getCurrent());
        }
    }

    private void note(String layer, ResponseItem.ProgressDetail progress) {
        Long current = progress.getCurrent();
        Long size = progress.getTotal();
        done.put(layer, current == null ? 0 : current);
        total.put(layer, size == null ? 0 : size);
    }

    @Override
    public void onError(Throwable thrown) {
        synchronized (this) {
            error = Causes.rootText(thrown);
        }
        super.onError(thrown);
        end();
    }

    @Override
    public void onComplete() {
        super.onComplete();
        end();
    }

    private synchronized void end() {
        over = true;
        notifyAll();
    }

    /** Waits until it is over, no longer than the time says. */
    synchronized boolean awaitOver(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        for (long left = millis; !over && left > 0; left = (deadline - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        return over;
    }

    /** What the engine said of its failure. */
    synchronized Optional<String> error() {
        return Optional.ofNullable(error);
    }

    /** Bytes of the layers so far. */
    synchronized long done() {
        return sum(done);
    }

    /** Bytes of the layers that have begun. */
    synchronized long total() {
        return sum(total);
    }

    /** Grows while it goes on, also while the engine unpacks what it has. */
    synchronized long moved() {
        return sum(done) + sum(unpacked);
    }

    private static long sum(Map<String, Long> bytes) {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }
}
