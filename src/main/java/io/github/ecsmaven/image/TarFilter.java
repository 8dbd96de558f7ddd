package io.github.ecsmaven.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Reads a tar while it is written, passes on the entries that are wanted, and keeps the small JSON entries. It stands in
 * the stream because Jib writes tars and gives no other way to look into an image.
 */
final class TarFilter extends OutputStream {
    private static final int BLOCK = 512;
    private static final long LARGEST_JSON = 4L << 20;

    private final OutputStream out;
    private final Predicate<String> wanted;
    private final Map<String, Long> sizes = new LinkedHashMap<>();
    private final Map<String, byte[]> json = new LinkedHashMap<>();
    private final byte[] header = new byte[BLOCK];
    private int inHeader;
    private long content;
    private long padding;
    private boolean passing;
    private boolean ended;
    private String name = "";
    private ByteArrayOutputStream kept = new ByteArrayOutputStream();

    /** @param wanted which entries go on to {@code out}, by name; the end of the archive is left to the caller */
    TarFilter(OutputStream out, Predicate<String> wanted) {
        this.out = out;
        this.wanted = wanted;
    }

    /** Every entry's size in bytes, in the order of the tar. */
    Map<String, Long> sizes() {
        return sizes;
    }

    /** The entries that are JSON, by name. */
    Map<String, byte[]> json() {
        return json;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
        int at = start;
        int end = start + length;
        while (at < end && !ended) {
            at += content > 0
                    ? content(bytes, at, end)
                    : padding > 0 ? padding(bytes, at, end) : header(bytes, at, end);
        }
    }

    private int content(byte[] bytes, int at, int end) throws IOException {
        int part = (int) Math.min(content, end - at);
        if (passing) {
            out.write(bytes, at, part);
        }
        if (sizes.getOrDefault(name, 0L) <= LARGEST_JSON && (kept.size() > 0 || startsJson(bytes[at]))) {
            kept.write(bytes, at, part);
        }
        content -= part;
        if (content == 0 && kept.size() > 0) {
            json.put(name, kept.toByteArray());
        }
        return part;
    }

    private boolean startsJson(byte first) {
        return content == sizes.getOrDefault(name, 0L) && (first == '{' || first == '[');
    }

    private int padding(byte[] bytes, int at, int end) throws IOException {
        int part = (int) Math.min(padding, end - at);
        if (passing) {
            out.write(bytes, at, part);
        }
        padding -= part;
        return part;
    }

    private int header(byte[] bytes, int at, int end) throws IOException {
        int part = Math.min(BLOCK - inHeader, end - at);
        System.arraycopy(bytes, at, header, inHeader, part);
        inHeader += part;
        if (inHeader == BLOCK) {
            inHeader = 0;
            startEntry();
        }
        return part;
    }

    private void startEntry() throws IOException {
        name = text(0, 100);
        if (name.isEmpty()) {
            ended = true;
            return;
        }
        content = size();
        padding = (BLOCK - content % BLOCK) % BLOCK;
        sizes.put(name, content);
        kept = new ByteArrayOutputStream();
        passing = wanted.test(name);
        if (passing) {
            out.write(header);
        }
    }

    /** POSIX writes octal digits; GNU writes a number above 8 GiB in binary, with the highest bit set. */
    private long size() {
        if (header[124] >= 0) {
            return Long.parseLong(text(124, 12).trim(), 8);
        }
        long size = 0;
        for (int at = 128; at < 136; at++) {
            size = size << 8 | header[at] & 0xff;
        }
        return size;
    }

    private String text(int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8);
    }
}
