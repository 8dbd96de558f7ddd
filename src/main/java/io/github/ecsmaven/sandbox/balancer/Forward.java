package io.github.ecsmaven.sandbox.balancer;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One request on its way to one task, over a connection of its own: a connection that is kept open could be closed by
 * the task just when it is used again, and the JDK's clients let nobody set {@code Host}. RFC 9112.
 */
final class Forward implements Closeable {
    private static final int CONNECT_MILLIS = 2_000;
    /** The idle timeout that an Application Load Balancer has by default. */
    private static final int READ_MILLIS = 60_000;

    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "expect");

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    /** Connects; nothing of the request is read yet, so that another task can be tried when it fails. */
    Forward(Target target) throws IOException {
        socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(READ_MILLIS);
            socket.connect(new InetSocketAddress(target.host(), target.port()), CONNECT_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
            out = new BufferedOutputStream(socket.getOutputStream());
        } catch (IOException error) {
            socket.close();
            throw error;
        }
    }

    /** Sends the request with its body, as it comes. */
    void send(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        StringBuilder head = new StringBuilder();
        head.append(exchange.getRequestMethod()).append(' ').append(exchange.getRequestURI());
        head.append(" HTTP/1.1\r\n");
        Set<String> dropped = dropped(headers);
        headers.forEach((name, values) -> {
            if (!dropped.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> line(head, name, value));
            }
        });
        forwarded(exchange, head);
        line(head, "Connection", "close");
        boolean chunked = headers.containsKey("Transfer-Encoding");
        if (chunked) {
            line(head, "Transfer-Encoding", "chunked");
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        Bodies.copy(exchange.getRequestBody(), out, chunked);
        out.flush();
    }

    private static void forwarded(HttpExchange exchange, StringBuilder head) {
        Headers headers = exchange.getRequestHeaders();
        String client = exchange.getRemoteAddress().getAddress().getHostAddress();
        List<String> before = headers.getOrDefault("X-Forwarded-For", List.of());
        line(head, "X-Forwarded-For", before.isEmpty() ? client : String.join(", ", before) + ", " + client);
        line(head, "X-Forwarded-Proto", "http");
        line(head, "X-Forwarded-Port", String.valueOf(exchange.getLocalAddress().getPort()));
        String host = headers.getFirst("Host");
        if (host != null) {
            line(head, "X-Forwarded-Host", host);
        }
    }

    private static Set<String> dropped(Headers headers) {
        Set<String> names = new TreeSet<>(HOP_BY_HOP);
        names.addAll(Set.of("x-forwarded-for", "x-forwarded-proto", "x-forwarded-port", "x-forwarded-host"));
        if (headers.containsKey("Transfer-Encoding")) {
            names.add("content-length"); // RFC 9112, 6.3: both together could hide a second request
        }
        addConnectionOptions(headers.getOrDefault("Connection", List.of()), names);
        return names;
    }

    private static void addConnectionOptions(List<String> options, Set<String> names) {
        for (String option : String.join(",", options).split(",")) {
            names.add(option.strip().toLowerCase(Locale.ROOT));
        }
    }

    private static void line(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    /** The answer's head; informational answers (1xx) are passed over. */
    Answer answer() throws IOException {
        Answer answer = Answer.read(in);
        while (answer.status() / 100 == 1) {
            answer = Answer.read(in);
        }
        return answer;
    }

    /** Hands the answer on to who asked. */
    void deliver(Answer answer, HttpExchange exchange) throws IOException {
        Headers to = exchange.getResponseHeaders();
        Set<String> dropped = new TreeSet<>(HOP_BY_HOP);
        addConnectionOptions(answer.all("connection"), dropped);
        for (Map.Entry<String, String> header : answer.headers()) {
            if (!dropped.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                to.add(header.getKey(), header.getValue());
            }
        }
        if (exchange.getRequestMethod().equals("HEAD") || answer.bodyless()) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        long length = answer.length();
        if (length >= 0) {
            to.remove("Content-Length");
        }
        exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : Math.max(0, length));
        if (length != 0) {
            Bodies.copyFlushing(answer.body(in), exchange.getResponseBody());
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
