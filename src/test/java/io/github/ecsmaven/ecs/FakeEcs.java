package io.github.ecsmaven.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;

/** ECS's protocol (awsJson1.1) with scripted answers, for the real client. */
final class FakeEcs implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final EcsClient client;
    private final Map<String, Function<JsonNode, String>> answers = new HashMap<>();
    private final List<Map.Entry<String, JsonNode>> calls = new CopyOnWriteArrayList<>();

    FakeEcs() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
        client = EcsClient.builder()
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(UrlConnectionHttpClient.create())
                // The SDK's own retries wait by the real clock.
                .overrideConfiguration(sdk -> sdk.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    EcsClient client() {
        return client;
    }

    /** An answer that is a text beginning with "!" is an error: {@code !Code: message}. */
    FakeEcs on(String action, Function<JsonNode, String> answer) {
        answers.put(action, answer);
        return this;
    }

    FakeEcs on(String action, String answer) {
        return on(action, request -> answer);
    }

    List<JsonNode> calls(String action) {
        return calls.stream()
                .filter(call -> call.getKey().equals(action))
                .map(Map.Entry::getValue)
                .toList();
    }

    List<String> actions() {
        return new ArrayList<>(calls.stream().map(Map.Entry::getKey).toList());
    }

    private void serve(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String action = target.substring(target.indexOf('.') + 1);
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        calls.add(Map.entry(action, request));
        String answer = answers.getOrDefault(action, any -> "!UnknownOperationException: " + action)
                .apply(request);
        boolean error = answer.startsWith("!");
        byte[] body = (error ? error(answer.substring(1)) : answer).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(error ? 400 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String error(String text) throws IOException {
        String[] parts = text.split(": ", 2);
        return JSON.writeValueAsString(Map.of("__type", parts[0], "message", parts[1]));
    }

    @Override
    public void close() {
        client.close();
        server.stop(0);
    }
}
