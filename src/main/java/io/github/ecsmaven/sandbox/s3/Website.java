package io.github.ecsmaven.sandbox.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A bucket as visitors see it, at the root of an address of its own: {@code index.html} for a folder, the headers of each
 * object, {@code 404.html} for what is not there. For loopback alone, as all of the sandbox.
 */
final class Website implements AutoCloseable {
    private static final int THREADS = 8;
    private static final int BACKLOG = 64;

    private final Bucket bucket;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, work -> {
        Thread thread = new Thread(work, "sandbox-site");
        thread.setDaemon(true);
        return thread;
    });

    private Website(Bucket bucket, HttpServer http) {
        this.bucket = bucket;
        this.http = http;
        http.setExecutor(threads);
        http.createContext("/", this::answer);
        http.start();
    }

    /** @param file remembers the port: a bookmark holds when the sandbox comes back */
    static Website open(Bucket bucket, Path file) throws IOException {
        int before =
                Files.exists(file) ? Integer.parseInt(Files.readString(file).trim()) : 0;
        HttpServer http;
        try {
            http = listen(before);
        } catch (BindException taken) {
            http = listen(0);
        }
        Files.writeString(file, String.valueOf(http.getAddress().getPort()));
        return new Website(bucket, http);
    }

    private static HttpServer listen(int port) throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), BACKLOG);
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/";
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String method = exchange.getRequestMethod();
            if (!method.equals("GET") && !method.equals("HEAD")) {
                send(exchange, 405, "Only GET and HEAD.".getBytes(StandardCharsets.UTF_8));
                return;
            }
            serve(exchange, exchange.getRequestURI().getPath().substring(1));
        }
    }

    private void serve(HttpExchange exchange, String path) throws IOException {
        Optional<StoredObject> found =
                path.isEmpty() || path.endsWith("/") ? bucket.find(path + "index.html") : bucket.find(path);
        if (found.isPresent()) {
            give(exchange, 200, found.get());
        } else if (!path.isEmpty() && bucket.find(path + "/index.html").isPresent()) {
            exchange.getResponseHeaders().set("Location", "/" + path + "/");
            send(exchange, 302, new byte[0]);
        } else if (bucket.find("404.html").isPresent()) {
            give(exchange, 404, bucket.find("404.html").get());
        } else {
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            send(
                    exchange,
                    404,
                    ("The bucket " + bucket.name() + " has no '" + path + "'.\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private void give(HttpExchange exchange, int status, StoredObject object) throws IOException {
        object.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("ETag", object.etag());
        if (object.etag().equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            send(exchange, 304, new byte[0]);
        } else {
            send(exchange, status, bucket.bytes(object));
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean empty = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, empty ? -1 : body.length);
        if (!empty) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
