package io.github.ecsmaven.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.ecsmaven.sandbox.ecr.Owners;
import io.github.ecsmaven.sandbox.fault.Faults;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The registry, failing where a fault is ordered: when it takes the data of a layer, or for a permission that is missing. */
final class RegistryFaults implements HttpHandler {
    private static final Pattern UPLOAD = Pattern.compile("/v2/(.+)/blobs/uploads/([^/]+)");
    private static final Pattern PART = Pattern.compile("/v2/(.+)/(manifests|blobs|blobs/uploads)/[^/]*");
    private static final Set<String> DATA = Set.of("PATCH", "PUT");
    private static final int FIRST_BYTES = 1_024;

    private final HttpHandler registry;
    private final Faults faults;
    private final Owners owners;

    /** @param owners as whom the registry's clients are named: its passwords don't tell */
    RegistryFaults(HttpHandler registry, Faults faults, Owners owners) {
        this.registry = registry;
        this.faults = faults;
        this.owners = owners;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Optional<AwsError> denied = denied(exchange);
        Optional<Integer> fault = denied.isPresent() ? Optional.empty() : fault(exchange);
        if (denied.isPresent()) {
            drain(exchange);
            refuse(exchange, 403, "DENIED", denied.get().text());
        } else if (fault.isEmpty()) {
            registry.handle(exchange);
        } else if (fault.get() == 0) {
            exchange.getRequestBody().readNBytes(FIRST_BYTES);
            exchange.close();
        } else {
            drain(exchange);
            boolean throttled = fault.get() == 429;
            refuse(
                    exchange,
                    fault.get(),
                    throttled ? "TOOMANYREQUESTS" : "UNKNOWN",
                    throttled ? "Rate exceeded" : "Internal server error");
        }
    }

    private Optional<AwsError> denied(HttpExchange exchange) {
        Matcher part = PART.matcher(exchange.getRequestURI().getPath());
        return part.matches()
                ? faults.denied(
                        "ecr",
                        permission(exchange.getRequestMethod(), part.group(2)),
                        Json.object().put("repositoryName", Owners.plain(part.group(1))),
                        owners.of(part.group(1)))
                : Optional.empty();
    }

    /** What each route needs (Amazon ECR user guide, "IAM permissions for pushing an image"). */
    private static String permission(String method, String kind) {
        if (kind.equals("manifests")) {
            return method.equals("PUT") ? "PutImage" : "BatchGetImage";
        }
        return switch (method) {
            case "HEAD" -> "BatchCheckLayerAvailability";
            case "GET" -> "GetDownloadUrlForLayer";
            case "POST" -> "InitiateLayerUpload";
            case "PATCH" -> "UploadLayerPart";
            default -> "CompleteLayerUpload";
        };
    }

    private static void drain(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
    }

    private Optional<Integer> fault(HttpExchange exchange) {
        Matcher upload = UPLOAD.matcher(exchange.getRequestURI().getPath());
        return upload.matches() && DATA.contains(exchange.getRequestMethod())
                ? faults.onLayer(Owners.plain(upload.group(1)), upload.group(2))
                : Optional.empty();
    }

    /** OCI Distribution Specification, "Error codes", with ECR's text; a HEAD request gets the status alone. */
    private static void refuse(HttpExchange exchange, int status, String code, String message) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        byte[] body = Json.bytes(Json.object()
                .set(
                        "errors",
                        Json.object()
                                .arrayNode()
                                .add(Json.object().put("code", code).put("message", message))));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }
}
