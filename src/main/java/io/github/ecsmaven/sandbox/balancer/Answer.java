package io.github.ecsmaven.sandbox.balancer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The head of a task's answer. */
record Answer(int status, List<Map.Entry<String, String>> headers) {
    private static final int LONGEST_LINE = 64 * 1024;

    Answer {
        headers = List.copyOf(headers);
    }

    /** @throws IOException when it is no HTTP answer, or breaks off */
    static Answer read(InputStream in) throws IOException {
        String[] first = line(in).split(" ", 3);
        if (first.length < 2 || !first[0].startsWith("HTTP/1.") || !first[1].matches("\\d{3}")) {
            throw new IOException("no HTTP answer");
        }
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("a header without a name");
            }
            String value = line.substring(colon + 1).strip();
            headers.add(new SimpleImmutableEntry<>(line.substring(0, colon), value));
        }
        return new Answer(Integer.parseInt(first[1]), headers);
    }

    List<String> all(String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    boolean bodyless() {
        return status == 204 || status == 304;
    }

    /** The body's length; -1 when only its end tells. */
    long length() throws IOException {
        List<String> given = all("content-length");
        if (chunked() || given.isEmpty()) {
            return -1;
        }
        try {
            return Long.parseLong(given.get(0));
        } catch (NumberFormatException error) {
            throw new IOException("a content length that is no number", error);
        }
    }

    private boolean chunked() {
        return all("transfer-encoding").stream().anyMatch(coding -> coding.equalsIgnoreCase("chunked"));
    }

    InputStream body(InputStream in) throws IOException {
        if (chunked()) {
            return new Bodies.Chunked(in);
        }
        long length = length();
        return length < 0 ? in : new Bodies.Limited(in, length);
    }

    /** One line without its end. */
    static String line(InputStream in) throws IOException {
        java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream();
        for (int one = in.read(); one != '\n'; one = in.read()) {
            if (one < 0) {
                throw new EOFException("the answer broke off");
            }
            if (line.size() > LONGEST_LINE) {
                throw new IOException("a line that is too long");
            }
            line.write(one);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
