package io.github.ecsmaven.goal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The few calls of S3 that a history makes, with bodies as the API reference shows them: PutObject, GetObject, ListObjectsV2
 * with pages, DeleteObjects.
 */
final class S3Server implements AutoCloseable {
    private static final Pattern KEY = Pattern.compile("<Key>([^<]+)</Key>");

    private final Map<String, ConcurrentSkipListMap<String, byte[]>> buckets = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final HttpServer server;
    private final int page;
    private volatile boolean denied;

    /** @param page how many objects a list tells at once */
    S3Server(int page) {
        this.page = page;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    Map<String, byte[]> make(String bucket) {
        return buckets.computeIfAbsent(bucket, name -> new ConcurrentSkipListMap<>());
    }

    /** From now on nothing is allowed. */
    void deny() {
        denied = true;
    }

    private void answer(HttpExchange call) throws IOException {
        byte[] body = call.getRequestBody().readAllBytes();
        String[] path = call.getRequestURI().getPath().split("/", 3);
        ConcurrentSkipListMap<String, byte[]> objects = buckets.get(path[1]);
        String key = path.length > 2 ? path[2] : "";
        if (denied) {
            error(call, 403, "AccessDenied", "User: arn:aws:iam::1:user/ci is not authorized to perform: s3:PutObject");
        } else if (objects == null) {
            error(call, 404, "NoSuchBucket", "The specified bucket does not exist");
        } else if (call.getRequestMethod().equals("PUT")) {
            objects.put(key, body);
            reply(call, 200, new byte[0]);
        } else if (call.getRequestMethod().equals("POST")) {
            Matcher gone = KEY.matcher(new String(body, StandardCharsets.UTF_8));
            while (gone.find()) {
                objects.remove(gone.group(1));
            }
            xml(call, "<DeleteResult/>");
        } else if (key.isEmpty()) {
            list(call, objects);
        } else if (objects.containsKey(key)) {
            reply(call, 200, objects.get(key));
        } else {
            error(call, 404, "NoSuchKey", "The specified key does not exist.");
        }
    }

    private void list(HttpExchange call, ConcurrentSkipListMap<String, byte[]> objects) throws IOException {
        Map<String, String> query = query(call.getRequestURI().getRawQuery());
        String prefix = query.getOrDefault("prefix", "");
        String after = query.getOrDefault("continuation-token", "");
        var keys = objects.tailMap(after, false).keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .limit(page + 1)
                .toList();
        var told = keys.subList(0, Math.min(page, keys.size()));
        boolean more = keys.size() > page;
        xml(
                call,
                "<ListBucketResult><IsTruncated>" + more + "</IsTruncated>"
                        + (more ? "<NextContinuationToken>" + told.get(page - 1) + "</NextContinuationToken>" : "")
                        + told.stream()
                                .map(key -> "<Contents><Key>" + key + "</Key></Contents>")
                                .collect(Collectors.joining())
                        + "</ListBucketResult>");
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new TreeMap<>();
        Stream.of(raw.split("&"))
                .map(part -> part.split("=", 2))
                .filter(part -> part.length == 2)
                .forEach(part -> query.put(part[0], URLDecoder.decode(part[1], StandardCharsets.UTF_8)));
        return query;
    }

    private static void error(HttpExchange call, int status, String code, String message) throws IOException {
        String text = "<Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>";
        reply(call, status, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void xml(HttpExchange call, String text) throws IOException {
        reply(call, 200, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void reply(HttpExchange call, int status, byte[] body) throws IOException {
        try (call) {
            call.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                call.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
