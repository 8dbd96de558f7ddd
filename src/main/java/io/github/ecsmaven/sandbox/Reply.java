package io.github.ecsmaven.sandbox;

import com.sun.net.httpserver.HttpExchange;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The one place that writes answers, refusals among them. */
final class Reply {
    private static final String JSON = "application/x-amz-json-1.1";

    private static final String REST = "application/json";

    private final HttpExchange exchange;
    private final String requestId;

    Reply(HttpExchange exchange, String requestId) {
        this.exchange = exchange;
        this.requestId = requestId;
        exchange.getResponseHeaders().set("x-amzn-RequestId", requestId);
    }

    String requestId() {
        return requestId;
    }

    void json(byte[] body) throws IOException {
        send(200, JSON, body);
    }

    /** AWS JSON 1.1 protocol, "Operation error serialization". */
    void jsonError(AwsError error) throws IOException {
        exchange.getResponseHeaders().set("x-amzn-ErrorType", error.code());
        send(
                error.status(),
                JSON,
                Json.bytes(Json.object().put("__type", error.code()).put("message", error.text())));
    }

    void rest(byte[] body) throws IOException {
        send(200, REST, body);
    }

    /** AWS restJson1 protocol, "Operation error serialization". */
    void restError(AwsError error) throws IOException {
        exchange.getResponseHeaders().set("x-amzn-ErrorType", error.code());
        send(error.status(), REST, Json.bytes(Json.object().put("message", error.text())));
    }

    void xml(int status, byte[] body) throws IOException {
        send(status, "text/xml", body);
    }

    void text(int status, String text) throws IOException {
        send(status, "text/plain; charset=utf-8", (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void send(int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        boolean empty = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, empty ? -1 : body.length);
        if (!empty) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }
}
