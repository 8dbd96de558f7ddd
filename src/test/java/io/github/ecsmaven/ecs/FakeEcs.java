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
import java.util.concurrent.Executor;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/** ECS's protocol (awsJson1.1) with scripted answers, for the real client. */
final class FakeEcs implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final EcsClient client;
    private final CloudWatchLogsClient logs;
    private final ElasticLoadBalancingV2Client balancers;
    private final CodeDeployClient codeDeploy;
    private final Map<String, Function<JsonNode, String>> answers = new HashMap<>();
    private final List<Map.Entry<String, JsonNode>> calls = new CopyOnWriteArrayList<>();

    FakeEcs() throws IOException {
        this(Runnable::run);
    }

    /** @param answering with threads of its own a call may last while another one is answered */
    FakeEcs(Executor answering) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.setExecutor(answering);
        server.start();
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        client = built(EcsClient.builder(), endpoint);
        logs = built(CloudWatchLogsClient.builder(), endpoint);
        balancers = built(ElasticLoadBalancingV2Client.builder(), endpoint);
        codeDeploy = built(CodeDeployClient.builder(), endpoint);
    }

    static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C built(B builder, URI endpoint) {
        return builder.endpointOverride(endpoint)
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(UrlConnectionHttpClient.create())
                // The SDK's own retries wait by the real clock.
                .overrideConfiguration(sdk -> sdk.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    RolloutApis apis() {
        return new RolloutApis(client, new DescribeTogether(), () -> logs, () -> balancers, () -> codeDeploy, false);
    }

    EcsClient client() {
        return client;
    }

    /**
     * An answer that is a text beginning with "!" is an error of the caller, {@code !Code: message}; with "!!" one of the
     * service; "cut" breaks the connection off.
     */
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
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        // Without a target it is the query protocol (ELBv2): a form, answered in XML.
        String action = target == null
                ? body.replaceAll("(?s).*Action=([A-Za-z]+).*", "$1")
                : target.substring(target.indexOf('.') + 1);
        JsonNode request = target == null ? JSON.createObjectNode().put("form", body) : JSON.readTree(body);
        calls.add(Map.entry(action, request));
        String answer = answers.getOrDefault(action, any -> "!UnknownOperationException: " + action)
                .apply(request);
        if (answer.equals("cut")) {
            exchange.close();
            return;
        }
        int status = answer.startsWith("!!") ? 500 : answer.startsWith("!") ? 400 : 200;
        String plain = status == 200 ? answer : error(answer.replaceFirst("^!+", ""), target == null);
        byte[] sent = plain.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", target == null ? "text/xml" : "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, sent.length);
        exchange.getResponseBody().write(sent);
        exchange.close();
    }

    private static String error(String text, boolean xml) throws IOException {
        String[] parts = text.split(": ", 2);
        return xml
                ? "<ErrorResponse><Error><Code>" + parts[0] + "</Code><Message>" + parts[1]
                        + "</Message></Error></ErrorResponse>"
                : JSON.writeValueAsString(Map.of("__type", parts[0], "message", parts[1]));
    }

    @Override
    public void close() {
        client.close();
        logs.close();
        balancers.close();
        codeDeploy.close();
        server.stop(0);
    }
}
