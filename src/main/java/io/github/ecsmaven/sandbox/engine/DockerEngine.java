package io.github.ecsmaven.sandbox.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.github.ecsmaven.sandbox.ecr.StoredImages.Platform;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The few calls of the Docker Engine API that tasks need. Safe for several threads. Every method throws {@link
 * EngineError} when the engine refuses or can't be reached.
 */
public final class DockerEngine implements Closeable {
    /** A version that every engine from 17.06 on understands. */
    private static final String VERSION = "/v1.30";

    /** Its client tells every retry, while {@link EnginePresence} tells what counts. A logger that nobody holds forgets its level. */
    private static final Logger RETRIES =
            quiet("com.github.dockerjava.zerodep.shaded.org.apache.hc.client5.http.impl.classic.HttpRequestRetryExec");

    private final ObjectMapper json = new ObjectMapper();
    /** An engine that hangs in one call must not stop everything. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);

    private final DockerHttpClient http;
    private final DockerHttpClient patient;
    private final EnginePresence presence = new EnginePresence();

    /** @param address {@code unix:///…} or {@code tcp://host:port} */
    public DockerEngine(URI address) {
        http = client(address).responseTimeout(LONGEST_ANSWER).build();
        patient = client(address).build();
    }

    private static Logger quiet(String name) {
        Logger logger = Logger.getLogger(name);
        logger.setLevel(Level.WARNING);
        return logger;
    }

    private static ZerodepDockerHttpClient.Builder client(URI address) {
        return new ZerodepDockerHttpClient.Builder()
                .dockerHost(address)
                .maxConnections(100)
                .connectionTimeout(Duration.ofSeconds(5));
    }

    /** Calls that may rightly be silent for long. */
    private static boolean lasts(String path) {
        return path.contains("/events?")
                || path.contains("/stop?")
                || path.contains("/wait")
                || path.contains("/images/load?");
    }

    /** True when an engine answers. */
    public boolean answers() {
        try {
            send("GET", "/_ping", null).close();
            return true;
        } catch (EngineError silent) {
            return false;
        }
    }

    /** What it runs without emulation. */
    public Platform platform() {
        JsonNode version = answer("GET", "/version", null);
        return new Platform(
                version.path("Os").asText("linux"), version.path("Arch").asText());
    }

    /** The image of this name, id or digest reference, when the engine has it. */
    public Optional<EngineImage> image(String reference) {
        Optional<JsonNode> found = lookUp("/images/" + reference + "/json");
        return found.map(image -> new EngineImage(
                image.path("Id").asText(),
                texts(image.path("RootFS").path("Layers")),
                texts(image.path("RepoDigests"))));
    }

    /** Loads the images of a tar in {@code docker save}'s form. */
    public void load(InputStream tar) {
        Request request = request("POST", "/images/load?quiet=1")
                .putHeader("Content-Type", "application/x-tar")
                .body(tar)
                .build();
        try (Response response = execute(request);
                InputStream body = response.getBody()) {
            String answer = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            if (answer.contains("\"errorDetail\"")) {
                throw new EngineError(500, answer.strip());
            }
        } catch (IOException error) {
            throw new EngineError("The image could not be loaded: " + error.getMessage(), error);
        }
    }

    /** The names of images that begin so. */
    public List<String> names(String prefix) {
        ObjectNode filters = json.createObjectNode();
        filters.putArray("reference").add(prefix + "*");
        List<String> names = new ArrayList<>();
        answer("GET", "/images/json?filters=" + encode(filters.toString()), null)
                .forEach(image -> names.addAll(texts(image.path("RepoTags"))));
        return names.stream().filter(name -> name.startsWith(prefix)).toList();
    }

    /** Removes the image's name, and the image when it has no other. Nothing when it is gone. */
    public void removeImage(String reference) {
        ignoreMissing(() -> call("DELETE", "/images/" + reference));
    }

    /** @return the new container's id */
    public String create(String name, ObjectNode body) {
        return answer("POST", "/containers/create?name=" + encode(name), body)
                .path("Id")
                .asText();
    }

    /** Starts a created container. */
    public void start(String container) {
        call("POST", "/containers/" + container + "/start");
    }

    /** The container's state; empty when it is gone. */
    public Optional<ContainerState> inspect(String container) {
        return lookUp("/containers/" + container + "/json").map(ContainerState::of);
    }

    /** Asks it to stop with its stop signal, kills it after the time; returns when it has ended. Nothing when it is gone. */
    public void stop(String container, Duration grace) {
        ignoreMissing(() -> call("POST", "/containers/" + container + "/stop?t=" + grace.toSeconds()));
    }

    /** Removes the container, killing it when it runs. Nothing when it is gone. */
    public void remove(String container) {
        ignoreMissing(() -> call("DELETE", "/containers/" + container + "?force=1&v=1"));
    }

    /** The ids and labels of all containers with this label, stopped ones too. */
    public Map<String, Map<String, String>> list(String label, String value) {
        ObjectNode filters = json.createObjectNode();
        filters.putArray("label").add(label + "=" + value);
        Map<String, Map<String, String>> found = new LinkedHashMap<>();
        for (JsonNode container : answer("GET", "/containers/json?all=1&filters=" + encode(filters.toString()), null)) {
            Map<String, String> labels = new TreeMap<>();
            container
                    .path("Labels")
                    .properties()
                    .forEach(
                            entry -> labels.put(entry.getKey(), entry.getValue().asText()));
            found.put(container.path("Id").asText(), labels);
        }
        return found;
    }

    /**
     * Copies the container's output so far, each line with its time in front ({@code 2026-01-01T00:00:00.000000000Z}).
     *
     * @param tail at most so many of the last lines
     */
    public void logs(String container, int tail, OutputStream to) {
        String path = "/containers/" + container + "/logs?stdout=1&stderr=1&timestamps=1&tail=" + tail;
        try (Response response = send("GET", path, null);
                DataInputStream frames = new DataInputStream(response.getBody())) {
            copyFrames(frames, to);
        } catch (IOException error) {
            throw new EngineError("The log of " + container + " could not be read: " + error.getMessage(), error);
        }
    }

    /** Each frame: one byte which stream, three of padding, four of length. Docker Engine API, "Stream format". */
    private static void copyFrames(DataInputStream frames, OutputStream to) throws IOException {
        try {
            while (true) {
                frames.readInt();
                to.write(frames.readNBytes(frames.readInt()));
            }
        } catch (EOFException end) {
            // the end of the log
        }
    }

    /** Follows what happens to containers with this label until the returned handle is closed or the engine goes away. */
    public Closeable follow(String label, String value, Consumer<String> container, Runnable ended) {
        ObjectNode filters = json.createObjectNode();
        filters.putArray("type").add("container");
        filters.putArray("label").add(label + "=" + value);
        Response response = send("GET", "/events?filters=" + encode(filters.toString()), null);
        Thread reader = new Thread(() -> readEvents(response, container, ended), "docker-events");
        reader.setDaemon(true);
        reader.start();
        return response;
    }

    private void readEvents(Response response, Consumer<String> container, Runnable ended) {
        try (response;
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(response.getBody(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                container.accept(json.readTree(line).path("id").asText());
            }
        } catch (IOException | RuntimeException closed) {
            // the stream ends when it is closed, or with the engine
        } finally {
            ended.run();
        }
    }

    @Override
    public void close() {
        try {
            http.close();
            patient.close();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static void ignoreMissing(Runnable call) {
        try {
            call.run();
        } catch (EngineError error) {
            // 304: has ended already; 404: gone; 409: its removal is under way
            if (error.status() != 404 && error.status() != 304 && error.status() != 409) {
                throw error;
            }
        }
    }

    private Optional<JsonNode> lookUp(String path) {
        try {
            return Optional.of(answer("GET", path, null));
        } catch (EngineError error) {
            if (error.status() == 404 || error.status() == 400) {
                return Optional.empty();
            }
            throw error;
        }
    }

    private void call(String method, String path) {
        send(method, path, null).close();
    }

    private JsonNode answer(String method, String path, @Nullable ObjectNode body) {
        try (Response response = send(method, path, body);
                InputStream stream = response.getBody()) {
            return json.readTree(stream);
        } catch (IOException error) {
            throw new EngineError("No answer to " + method + " " + path + ": " + error.getMessage(), error);
        }
    }

    private Response send(String method, String path, @Nullable ObjectNode body) {
        Request.Builder request = request(method, path);
        if (body != null) {
            byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
            request.putHeader("Content-Type", "application/json")
                    .body(new ByteArrayInputStream(bytes))
                    .bodyBytes(bytes);
        }
        return execute(request.build());
    }

    private static Request.Builder request(String method, String path) {
        Request.Builder builder = Request.builder();
        builder.method(method).path(VERSION + path);
        return builder;
    }

    private Response execute(Request request) {
        Response response;
        try {
            response = (lasts(request.path()) ? patient : http).execute(request);
        } catch (RuntimeException error) {
            presence.silent(String.valueOf(error.getMessage()));
            throw new EngineError("The Docker engine does not answer: " + error.getMessage(), error);
        }
        presence.answered();
        if (response.getStatusCode() < 300) {
            return response;
        }
        try (response) {
            throw new EngineError(response.getStatusCode(), message(response));
        }
    }

    private String message(Response response) {
        try {
            byte[] body = response.getBody() == null
                    ? new byte[0]
                    : response.getBody().readAllBytes();
            JsonNode answer = json.readTree(body);
            String message = answer == null ? "" : answer.path("message").asText("");
            return message.isEmpty() ? "status " + response.getStatusCode() : message;
        } catch (IOException unreadable) {
            return "status " + response.getStatusCode();
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
