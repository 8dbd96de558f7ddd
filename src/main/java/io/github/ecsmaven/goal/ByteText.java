package io.github.ecsmaven.goal;

import java.util.Locale;

/** Numbers of bytes as a person reads them: {@code 12 kB}, {@code 61 MB}. */
final class ByteText {
    private ByteText() {}

    static String show(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        if (bytes < 999_500) {
            return Math.round(bytes / 1e3) + " kB";
        }
        double mega = bytes / 1e6;
        return mega < 9.95 ? String.format(Locale.ROOT, "%.1f MB", mega) : Math.round(mega) + " MB";
    }
}
