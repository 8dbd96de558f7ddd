package io.github.ecsmaven.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code a=b&c=d}, of an address or of a form. */
final class Query {
    private Query() {}

    /**
     * @throws IllegalArgumentException when an escape is broken
     */
    static Map<String, String> parse(@Nullable String raw) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : (raw == null ? "" : raw).split("&")) {
            int at = pair.indexOf('=');
            if (!pair.isEmpty()) {
                values.put(decode(at < 0 ? pair : pair.substring(0, at)), at < 0 ? "" : decode(pair.substring(at + 1)));
            }
        }
        return values;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
