package io.github.ecsmaven.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.ecsmaven.sandbox.fault.Faults;
import io.github.ecsmaven.sandbox.wire.Json;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The registry, failing where a fault is ordered: when it takes the data of a layer. */
final class RegistryFaults implements HttpHandler {
    private static final Pattern UPLOAD = Pattern.compile("/v2/(.+)/blobs/uploads/([^/]+)");
    private static final Set<String> DATA = Set.of("PATCH", "PUT");
    private static final int FIRST_BYTES = 1_024;

    private final HttpHandler registry;
    private final Faults faults;

    RegistryFaults(HttpHandler registry, Faults faults) {
        this.registry = registry;
        this.faults = faults;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Optional<Integer> fault = fault(exchange);
        if (fault.isEmpty()) {
            registry.handle(exchange);
        } else if (fault.get() == 0) {
            exchange.getRequestBody().readNBytes(FIRST_BYTES);
            exchange.close();
        } else {
            exchange.getRequestBody().skip(Long.MAX_VALUE);
            refuse(exchange, fault.get());
        }
    }

    private Optional<Integer> fault(HttpExchange exchange) {
        Matcher upload = UPLOAD.matcher(exchange.getRequestURI().getPath());
        return upload.matches() && DATA.contains(exchange.getRequestMethod())
                ? faults.onLayer(upload.group(1), upload.group(2))
                : Optional.empty();
    }

    /** OCI Distribution Specification, "Error codes", with ECR's text. */
    private static void refuse(HttpExchange exchange, int status) throws IOException {
        boolean throttled = status == 429;
        byte[] body = Json.bytes(Json.object()
                .set(
                        "errors",
                        Json.object()
                                .arrayNode()
                                .add(Json.object()
                                        .put("code", throttled ? "TOOMANYREQUESTS" : "UNKNOWN")
                                        .put("message", throttled ? "Rate exceeded" : "Internal server error"))));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
