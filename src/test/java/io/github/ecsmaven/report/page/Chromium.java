package io.github.ecsmaven.report.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A headless Chromium with one page, driven over its DevTools protocol. */
public final class Chromium implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LISTENING = "DevTools listening on ";
    private static final int SECONDS = 60;

    private final Process process;
    private final WebSocket socket;
    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private int calls;

    private Chromium(Process process, URI devTools) throws Exception {
        this.process = process;
        HttpClient http = HttpClient.newHttpClient();
        URI pages = URI.create("http://" + devTools.getAuthority() + "/json/list");
        String list = http.send(HttpRequest.newBuilder(pages).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        URI page = Stream.of(JSON.readValue(list, JsonNode[].class))
                .filter(target -> target.path("type").asText().equals("page"))
                .map(target -> URI.create(target.path("webSocketDebuggerUrl").asText()))
                .findFirst()
                .orElseThrow();
        socket = http.newWebSocketBuilder().buildAsync(page, new Listener()).get(SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Skips the test where no Chromium is installed.
     *
     * @param what is to be looked at
     */
    public static String programFor(String what) {
        String program = program().orElse("");
        assumeTrue(!program.isEmpty(), "skipped: no chromium on this machine to open the " + what + " with");
        return program;
    }

    /** Empty where no Chromium is installed. */
    private static Optional<String> program() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    public static Chromium start(String program, Path profile) throws Exception {
        Process process = new ProcessBuilder(
                        program,
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(LISTENING)) {
                Thread rest = new Thread(() -> said.lines().forEach(ignored -> {}), "chromium-output");
                rest.setDaemon(true);
                rest.start();
                return new Chromium(process, URI.create(line.substring(LISTENING.length())));
            }
        }
        throw new IOException(program + " ended with " + process.waitFor());
    }

    /** Opens the page and waits until it is loaded. */
    public void open(Path page, int width, int height, boolean dark) throws Exception {
        open(page.toUri(), width, height, dark);
    }

    /** The same of a page that is served. */
    public void open(URI page, int width, int height, boolean dark) throws Exception {
        show(width, height, dark);
        messages.clear();
        call("Page.navigate", Map.of("url", page.toString()));
        await(message -> message.path("method").asText().equals("Page.loadEventFired"));
    }

    /** Gives the page that is open another screen. */
    public void show(int width, int height, boolean dark) throws Exception {
        call("Page.enable", Map.of());
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        ObjectNode media = JSON.createObjectNode();
        media.putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", dark ? "dark" : "light");
        call("Emulation.setEmulatedMedia", media);
    }

    /** Waits until the page shows these texts, without loading it again. */
    public void awaitTexts(String... texts) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
        String shown = value("document.body.innerText").asText();
        while (!Stream.of(texts).allMatch(shown::contains)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not shown: " + List.of(texts) + " but " + shown);
            }
            Thread.sleep(50);
            shown = value("document.body.innerText").asText();
        }
    }

    /** @return the value of the expression, as JSON */
    public JsonNode value(String expression) throws Exception {
        JsonNode result = call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + result.path("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /** Presses a key and lets it go, as a person does. */
    void press(String key) throws Exception {
        Map<String, Integer> codes = Map.of("Tab", 9, "Enter", 13, "Escape", 27);
        String text = key.equals("Enter") ? "\r" : "";
        call(
                "Input.dispatchKeyEvent",
                Map.of(
                        "type",
                        text.isEmpty() ? "rawKeyDown" : "keyDown",
                        "key",
                        key,
                        "code",
                        key,
                        "windowsVirtualKeyCode",
                        codes.get(key),
                        "text",
                        text));
        call(
                "Input.dispatchKeyEvent",
                Map.of("type", "keyUp", "key", key, "code", key, "windowsVirtualKeyCode", codes.get(key)));
    }

    public void screenshot(Path file) throws Exception {
        Files.write(
                file,
                Base64.getDecoder()
                        .decode(call("Page.captureScreenshot", Map.of("format", "png"))
                                .path("data")
                                .asText()));
    }

    private JsonNode call(String method, Object parameters) throws Exception {
        int id = ++calls;
        socket.sendText(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
                .get(SECONDS, TimeUnit.SECONDS);
        JsonNode answer = await(message -> message.path("id").asInt() == id);
        if (answer.has("error")) {
            throw new IllegalStateException(method + ": " + answer.path("error"));
        }
        return answer.path("result");
    }

    private JsonNode await(Predicate<JsonNode> wanted) throws InterruptedException {
        while (true) {
            JsonNode message = messages.poll(SECONDS, TimeUnit.SECONDS);
            if (message == null) {
                throw new IllegalStateException("Chromium does not answer.");
            }
            if (wanted.test(message)) {
                return message;
            }
        }
    }

    @Override
    public void close() {
        socket.abort();
        process.destroy();
        process.onExit().orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                try {
                    messages.add(JSON.readTree(text.toString()));
                } catch (IOException broken) {
                    throw new IllegalStateException(broken);
                }
                text.setLength(0);
            }
            return WebSocket.Listener.super.onText(from, part, last);
        }
    }
}
