package io.github.ecsmaven.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.ecsmaven.sandbox.cloudfront.CloudFront;
import io.github.ecsmaven.sandbox.outbox.SesApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The HTTP front: who a request is for. */
final class Front implements HttpHandler {
    private static final Logger LOG = Logger.getLogger(Front.class.getName());

    /** The services that tell what is meant by method and path. */
    record Rest(HttpHandler s3, HttpHandler cloudFront) {}

    private final AwsApi api;
    private final HttpHandler registry;
    private final Rest rest;
    private final Admin admin;
    private final IdleWatch idle;
    private final byte[] page;

    Front(AwsApi api, HttpHandler registry, Rest rest, Admin admin, IdleWatch idle, String page) {
        this.api = api;
        this.registry = registry;
        this.rest = rest;
        this.admin = admin;
        this.idle = idle;
        this.page = page.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            route(exchange, new Reply(exchange, UUID.randomUUID().toString()));
        } catch (RuntimeException broken) {
            LOG.log(Level.SEVERE, "The sandbox failed to answer " + exchange.getRequestMethod(), broken);
        }
    }

    private void route(HttpExchange exchange, Reply reply) throws IOException {
        if (!Requests.isLoopback(exchange.getRequestHeaders().getFirst("Host"))) {
            reply.text(403, "The sandbox answers to 127.0.0.1 and localhost only.");
            return;
        }
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith("/_sandbox/") || path.startsWith("/admin/")) {
            admin.handle(exchange, reply);
            return;
        }
        idle.begin();
        try {
            serve(exchange, path, reply);
        } finally {
            idle.end();
        }
    }

    private void serve(HttpExchange exchange, String path, Reply reply) throws IOException {
        String method = exchange.getRequestMethod();
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
        // No repository's path: those end with what is asked of the repository.
        if (path.equals(SesApi.PATH) && method.equals("POST")) {
            api.mail(exchange, reply);
        } else if (path.equals("/v2") || path.startsWith("/v2/")) {
            registry.handle(exchange);
        } else if (method.equals("POST") && target != null) {
            api.json(exchange, target, reply);
        } else if (method.equals("POST") && type.startsWith("application/x-www-form-urlencoded")) {
            api.query(exchange, reply);
        } else if (path.startsWith(CloudFront.VERSION)) {
            rest.cloudFront().handle(exchange);
        } else if (isOfS3(exchange)) {
            rest.s3().handle(exchange);
        } else if (path.equals("/") && (method.equals("GET") || method.equals("HEAD"))) {
            exchange.getResponseHeaders().set("Content-Security-Policy", Page.POLICY);
            reply.send(200, "text/html; charset=utf-8", page);
        } else {
            reply.text(404, "The sandbox has no " + path);
        }
    }

    /** Signed for S3; also by the query of a presigned address. */
    private static boolean isOfS3(HttpExchange exchange) {
        String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        return authorization.contains("/s3/aws4_request") || query.contains("/s3/aws4_request");
    }
}
