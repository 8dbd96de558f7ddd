package io.github.ecsmaven.sandbox.balancer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.ecsmaven.sandbox.balancer.Rotation.Claim;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * The address of one service. A request goes to a task that serves; when it can't be reached, to another one. While none
 * serves the request waits for a moment, then the answer is 503; a task that breaks off gives 502.
 */
public final class Balancer implements Closeable {
    private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE");
    /** Any other name could be a web site's that points here, to read a service through the user's browser. */
    private static final Pattern LOCAL = Pattern.compile("(?i)(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d+)?");

    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final Rotation rotation = new Rotation();
    private final HttpServer server;
    private final ExecutorService threads;
    private final Duration patience;

    /**
     * @param port on 127.0.0.1; 0: any free one
     * @param patience how long a request waits for a task that serves
     * @throws IOException when the port is taken
     */
    public Balancer(int port, Duration patience) throws IOException {
        this.patience = patience;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), 0);
        threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "balancer");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** From now on the task gets requests. */
    public void add(String task, Target target) {
        rotation.add(task, target);
    }

    /** From now on requests are divided like that; empty: among all tasks. */
    public void split(Optional<Split> split) {
        rotation.split(split);
    }

    /** No new request goes to the task; those under way go on. */
    public void remove(String task) {
        rotation.remove(task);
    }

    /** The tasks that get requests. */
    public Set<String> tasks() {
        return rotation.tasks();
    }

    /** How many requests the task has still to answer. */
    public int underWay(String task) {
        return rotation.underWay(task);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
            if (!LOCAL.matcher(host).matches()) {
                refuse(exchange, 403, "The sandbox answers to 127.0.0.1 and localhost only.");
                return;
            }
            route(exchange);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void route(HttpExchange exchange) throws IOException, InterruptedException {
        Set<String> tried = new HashSet<>();
        while (true) {
            Optional<Claim> claim = rotation.claim(tried, patience);
            if (claim.isEmpty()) {
                int status = tried.isEmpty() ? 503 : 502;
                refuse(exchange, status, status == 503 ? "No task of this service is ready." : "No task answered.");
                return;
            }
            tried.add(claim.get().task());
            try {
                if (forward(exchange, claim.get().target())) {
                    return;
                }
            } finally {
                rotation.done(claim.get());
            }
        }
    }

    /** @return false when the request can be given to another task */
    private boolean forward(HttpExchange exchange, Target target) throws IOException {
        Forward forward;
        try {
            forward = new Forward(target);
        } catch (IOException unreachable) {
            return false;
        }
        try (forward) {
            Answer answer;
            try {
                forward.send(exchange);
                answer = forward.answer();
            } catch (SocketTimeoutException silent) {
                refuse(exchange, 504, "The task did not answer in time.");
                return true;
            } catch (IOException broken) {
                if (!repeatable(exchange)) {
                    refuse(exchange, 502, "The task broke off its answer.");
                }
                return !repeatable(exchange);
            }
            forward.deliver(answer, exchange);
            return true;
        }
    }

    /** A request that changes nothing when it arrives twice (RFC 9110, 9.2.2), and whose body isn't spent. */
    private static boolean repeatable(HttpExchange exchange) {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        boolean empty = !exchange.getRequestHeaders().containsKey("Transfer-Encoding")
                && (length == null || length.equals("0"));
        return empty && REPEATABLE.contains(exchange.getRequestMethod());
    }

    private static void refuse(HttpExchange exchange, int status, String why) throws IOException {
        byte[] text = (why + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, text.length);
        exchange.getResponseBody().write(text);
    }
}
