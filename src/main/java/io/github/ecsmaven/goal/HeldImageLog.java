package io.github.ecsmaven.goal;

import io.github.ecsmaven.image.ImageLog;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Keeps what an image built in the background has to tell until its own goal is reached. */
final class HeldImageLog implements ImageLog {
    private final List<Consumer<ImageLog>> held = new ArrayList<>();
    private ImageLog listener = SILENT;

    @Override
    public synchronized void detail(String text) {
        held.add(log -> log.detail(text));
    }

    @Override
    public synchronized void warning(String text) {
        held.add(log -> log.warning(text));
    }

    @Override
    public synchronized void progress(String what, long done, long total) {
        listener.progress(what, done, total);
    }

    /** From now on somebody waits, and sees how far it is. */
    synchronized void showProgressOn(ImageLog log) {
        listener = log;
    }

    /** Tells all that was kept. */
    synchronized void tell(ImageLog log) {
        held.forEach(line -> line.accept(log));
        held.clear();
    }
}
