package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import io.github.ecsmaven.sandbox.wire.JsonService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Executors;

/** awsJson1.1 over HTTP, just enough to let a real AWS client talk to a service in this process. */
final class WireServer implements AutoCloseable {
    private final ObjectMapper json = new ObjectMapper();
    private final List<JsonService> services;
    private final HttpServer server;

    WireServer(List<JsonService> services, int port) throws IOException {
        this.services = services;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::handle);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        String[] target = exchange.getRequestHeaders().getFirst("X-Amz-Target").split("\\.");
        int status = 200;
        ObjectNode answer;
        try {
            ObjectNode request = (ObjectNode) json.readTree(exchange.getRequestBody());
            answer = services.stream()
                    .filter(service -> service.targetPrefix().equals(target[0]))
                    .findFirst()
                    .orElseThrow()
                    .handle(target[1], request, new Caller("123456789012", "us-east-1"));
        } catch (AwsError error) {
            status = error.status();
            answer = json.createObjectNode().put("__type", error.code()).put("message", error.text());
        } catch (RuntimeException error) {
            status = 500;
            answer = json.createObjectNode().put("__type", "ServerException").put("message", error.toString());
        }
        byte[] bytes = json.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.getResponseHeaders().set("x-amzn-RequestId", "test");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
