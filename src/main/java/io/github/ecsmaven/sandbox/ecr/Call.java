package io.github.ecsmaven.sandbox.ecr;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request to the registry: its query taken apart, and its answer in few words. */
final class Call {
    private final HttpExchange exchange;
    private final Map<String, String> query = new HashMap<>();

    Call(HttpExchange exchange) {
        this.exchange = exchange;
        String raw = exchange.getRequestURI().getRawQuery();
        for (String pair : (raw == null ? "" : raw).split("&")) {
            int at = pair.indexOf('=');
            if (at > 0) {
                query.put(decode(pair.substring(0, at)), decode(pair.substring(at + 1)));
            }
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }

    String method() {
        return exchange.getRequestMethod();
    }

    boolean isRead() {
        return method().equals("GET") || isHead();
    }

    boolean isHead() {
        return method().equals("HEAD");
    }

    @Nullable String query(String name) {
        return query.get(name);
    }

    @Nullable String header(String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    InputStream body() {
        return exchange.getRequestBody();
    }

    /** An absolute address of this server under the name that the client used for it. */
    String address(String path) {
        return "http://" + header("Host") + path;
    }

    Call put(String name, String value) {
        exchange.getResponseHeaders().set(name, value);
        return this;
    }

    /** Answers without a body. */
    void answer(int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
    }

    void answer(int status, String type, byte[] body) throws IOException {
        put("Content-Type", type);
        try (OutputStream out = begin(status, body.length)) {
            if (!isHead()) {
                out.write(body);
            }
        }
    }

    /** Answers with the status and the length; the body follows, but none to HEAD. */
    OutputStream begin(int status, long length) throws IOException {
        if (isHead()) {
            put("Content-Length", Long.toString(length));
        }
        exchange.sendResponseHeaders(status, isHead() || length == 0 ? -1 : length);
        return exchange.getResponseBody();
    }
}
