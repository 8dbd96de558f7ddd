package io.github.ecsmaven.image;

/** What building an image has to tell while it happens. */
public interface ImageLog {
    /** Tells nothing. */
    ImageLog SILENT = new ImageLog() {
        @Override
        public void detail(String text) {}

        @Override
        public void warning(String text) {}

        @Override
        public void progress(String what, long done, long total) {}
    };

    /** A detail for {@code -X}. */
    void detail(String text);

    /** It worked, but look. */
    void warning(String text);

    /** Bytes that are known to be sent or fetched, for a progress line; {@code total} is 0 while unknown. */
    void progress(String what, long done, long total);
}
