package io.github.ecsmaven.sandbox.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.ecsmaven.EngineAddress;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Docker engine whose containers follow a script: they serve, crash, or their image is not there. One that serves is a real
 * HTTP server on a port of this machine, which answers with the image that it runs.
 */
public final class ScriptedEngine implements AutoCloseable {
    private static final Pattern PATH = Pattern.compile("/v1\\.30/(_ping|version|events|images|containers)(?:/(.*))?");

    /** As where the engine runs in a virtual machine: then the published port is asked. */
    private static final String UNREACHABLE = "255.255.255.255";

    /** What fails takes a moment, as in life: who watches sees it begin. */
    private static final Duration MOMENT = Duration.ofMillis(250);

    /** What becomes of a container. */
    public enum Script {
        SERVES,
        /** Exits with code 3 soon after its start, after two lines of output. */
        CRASHES,
        /** The engine has no such image. */
        NO_IMAGE
    }

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "scripted-engine");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final Map<String, Container> containers = new ConcurrentHashMap<>();

    public ScriptedEngine() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    /** For a sandbox that is to run its tasks here. */
    public EngineAddress address() {
        String tcp = "tcp://127.0.0.1:" + http.getAddress().getPort();
        return new EngineAddress(Map.of("DOCKER_HOST", tcp), Path.of("/nonexistent"));
    }

    /** What containers of this image do, unless told otherwise: they serve. */
    public ScriptedEngine on(String image, Script script) {
        scripts.put(image, script);
        return this;
    }

    private Script script(String image) {
        return scripts.getOrDefault(image, Script.SERVES);
    }

    private static final class Container {
        final String image;
        final JsonNode labels;
        final List<Integer> ports;
        Optional<HttpServer> server = Optional.empty();
        Optional<Instant> ends = Optional.empty();
        boolean running;
        int exitCode;
        String output = "";

        Container(String image, JsonNode labels, List<Integer> ports) {
            this.image = image;
            this.labels = labels;
            this.ports = ports;
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
        if (!path.matches()) {
            answer(exchange, 404, json.createObjectNode().put("message", "page not found"));
            return;
        }
        String rest = path.group(2) == null ? "" : path.group(2);
        switch (path.group(1)) {
            case "version" ->
                answer(exchange, 200, json.createObjectNode().put("Os", "linux").put("Arch", "amd64"));
            case "images" -> image(exchange, rest.replaceFirst("/json$", ""));
            case "containers" -> containers(exchange, rest);
            case "events" -> {
                // It stays open and tells nothing: who comes up is looked at all the time, and who runs now and then.
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().flush();
            }
            default -> answer(exchange, 200, json.createObjectNode());
        }
    }

    private void image(HttpExchange exchange, String name) throws IOException {
        if (name.equals("json") || name.equals("load")) {
            exchange.getRequestBody().readAllBytes();
            answer(exchange, 200, json.createArrayNode());
        } else if (script(name) == Script.NO_IMAGE) {
            LockSupport.parkNanos(MOMENT.toNanos());
            answer(exchange, 404, json.createObjectNode().put("message", "No such image: " + name));
        } else {
            ObjectNode image = json.createObjectNode().put("Id", "sha256:" + "0".repeat(64));
            image.putArray("RepoDigests").add(name);
            answer(exchange, 200, image);
        }
    }

    private void containers(HttpExchange exchange, String rest) throws IOException {
        String[] parts = rest.split("/");
        String what = exchange.getRequestMethod() + " " + (parts.length > 1 ? parts[1] : "");
        Container found = containers.get(parts[0]);
        if (rest.equals("json")) {
            list(exchange);
        } else if (rest.equals("create")) {
            create(exchange);
        } else if (found == null) {
            answer(exchange, 404, json.createObjectNode().put("message", "No such container: " + parts[0]));
        } else {
            switch (what) {
                case "POST start" -> start(found);
                case "POST stop" -> end(found, 143);
                case "DELETE " -> {
                    end(found, 137);
                    containers.remove(parts[0]);
                }
                case "GET json" -> {
                    answer(exchange, 200, inspected(found));
                    return;
                }
                case "GET logs" -> {
                    logs(exchange, found);
                    return;
                }
                default -> throw new IOException("not scripted: " + what);
            }
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        }
    }

    private void list(HttpExchange exchange) throws IOException {
        ArrayNode all = json.createArrayNode();
        containers.forEach((id, one) -> all.addObject().put("Id", id).set("Labels", one.labels));
        answer(exchange, 200, all);
    }

    private void create(HttpExchange exchange) throws IOException {
        JsonNode body = json.readTree(exchange.getRequestBody());
        List<Integer> ports = body.path("ExposedPorts").properties().stream()
                .map(port -> Integer.valueOf(port.getKey().replace("/tcp", "")))
                .toList();
        String id = UUID.randomUUID().toString().replace("-", "");
        containers.put(id, new Container(body.path("Image").asText(), body.path("Labels"), ports));
        answer(exchange, 201, json.createObjectNode().put("Id", id));
    }

    private synchronized void start(Container container) throws IOException {
        if (script(container.image) == Script.CRASHES) {
            container.output =
                    "java.lang.IllegalStateException: DB_URL is not set\n\tat shop.Orders.main(Orders.java:21)\n";
            container.running = true;
            container.ends = Optional.of(Instant.now().plus(MOMENT));
            return;
        }
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] says = container.image.getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(200, head ? -1 : says.length);
            exchange.getResponseBody().write(head ? new byte[0] : says);
            exchange.close();
        });
        server.setExecutor(threads);
        server.start();
        container.server = Optional.of(server);
        container.running = true;
    }

    private synchronized void end(Container container, int code) {
        if (container.running) {
            container.server.ifPresent(server -> server.stop(0));
            container.running = false;
            container.exitCode = code;
        }
    }

    private synchronized ObjectNode inspected(Container container) {
        if (container.ends.map(Instant.now()::isAfter).orElse(false)) {
            end(container, 3);
        }
        ObjectNode answer = json.createObjectNode();
        answer.putObject("State").put("Running", container.running).put("ExitCode", container.exitCode);
        ObjectNode network = answer.putObject("NetworkSettings").put("IPAddress", UNREACHABLE);
        ObjectNode ports = network.putObject("Ports");
        container.server.ifPresent(server -> container.ports.forEach(port -> ports.putArray(port + "/tcp")
                .addObject()
                .put("HostPort", String.valueOf(server.getAddress().getPort()))));
        return answer;
    }

    /** Docker Engine API, "Stream format". */
    private static void logs(HttpExchange exchange, Container container) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream frames = new DataOutputStream(bytes);
        for (String line : container.output.lines().toList()) {
            byte[] text = (Instant.now() + " " + line + "\n").getBytes(StandardCharsets.UTF_8);
            frames.writeInt(1 << 24);
            frames.writeInt(text.length);
            frames.write(text);
        }
        exchange.sendResponseHeaders(200, bytes.size() == 0 ? -1 : bytes.size());
        exchange.getResponseBody().write(bytes.toByteArray());
        exchange.close();
    }

    private void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = json.writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        containers.values().forEach(one -> end(one, 137));
        http.stop(0);
        threads.shutdownNow();
    }
}
