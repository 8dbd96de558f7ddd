package io.github.ecsmaven.goal;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * AWS under its own names, with TLS: a proxy of this machine that leads each call to the sandbox that stands for the region, and
 * keeps who called with which login. So the names of registries decide as they do on AWS.
 */
final class AwsByName implements AutoCloseable {
    private static final char[] PASSWORD = "aws-by-name".toCharArray();
    private static final Pattern REGISTRY = Pattern.compile("(\\d{12})\\.dkr\\.ecr\\.([a-z0-9-]+)\\.amazonaws\\.com");
    private static final Pattern API = Pattern.compile("(?:api\\.ecr|sts)\\.([a-z0-9-]+)\\.amazonaws\\.com");
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade", "date", ":status");

    private final Path keys;
    private final ServerSocket proxy = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final HttpsServer server =
            HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, URI> regions;
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    /**
     * A call that came.
     *
     * @param what method and path, or the action of an API
     * @param authorization empty without one
     */
    record Call(String host, String what, String authorization) {}

    /** @param regions the sandbox of each region; all others than the sandbox's own, whose repositories have plain names */
    AwsByName(Path folder, Map<String, URI> regions) throws Exception {
        this.regions = Map.copyOf(regions);
        keys = folder.resolve("aws.p12");
        makeKeys(keys);
        server.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
        server.setExecutor(Executors.newCachedThreadPool(AwsByName::daemon));
        server.createContext("/", this::answer);
        server.start();
        daemon(this::accept).start();
    }

    /** By which a JVM finds AWS here. */
    List<String> flags() {
        return List.of(
                "-Dhttps.proxyHost=127.0.0.1",
                "-Dhttps.proxyPort=" + proxy.getLocalPort(),
                "-Djavax.net.ssl.trustStore=" + keys,
                "-Djavax.net.ssl.trustStorePassword=" + new String(PASSWORD));
    }

    List<Call> calls(String host) {
        return calls.stream().filter(call -> call.host().equals(host)).toList();
    }

    private void makeKeys(Path file) throws Exception {
        String names = regions.keySet().stream()
                .flatMap(region -> Stream.of("*.dkr.ecr.", "api.ecr.", "sts.")
                        .map(name -> "dns:" + name + region + ".amazonaws.com"))
                .reduce((one, other) -> one + "," + other)
                .orElseThrow();
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "aws",
                        "-dname",
                        "CN=amazonaws.com",
                        "-ext",
                        "san=" + names,
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .inheritIO()
                .start();
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException("keytool ended with " + keytool.exitValue());
        }
    }

    private static SSLContext context(Path file) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(own.getKeyManagers(), null, null);
        return tls;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "aws-by-name");
        thread.setDaemon(true);
        return thread;
    }

    private void accept() {
        while (!proxy.isClosed()) {
            try {
                Socket client = proxy.accept();
                daemon(() -> tunnel(client)).start();
            } catch (IOException closed) {
                // The test has ended its proxy.
            }
        }
    }

    /** CONNECT host:443, whose end is always the one server here. */
    private void tunnel(Socket client) {
        try (client;
                Socket end = new Socket(
                        InetAddress.getLoopbackAddress(), server.getAddress().getPort())) {
            int line = 0;
            for (int sign = client.getInputStream().read();
                    ;
                    sign = client.getInputStream().read()) {
                if (sign == '\n' && line == 0) {
                    break;
                }
                line = sign == '\n' ? 0 : sign == '\r' ? line : line + 1;
            }
            client.getOutputStream().write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes());
            daemon(() -> pass(end, client)).start();
            pass(client, end);
        } catch (IOException gone) {
            // One of the two has ended the connection.
        }
    }

    private static void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException gone) {
            // One of the two has ended the connection.
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        Headers asked = exchange.getRequestHeaders();
        String host = asked.getFirst("Host").replaceFirst(":443$", "");
        byte[] body = exchange.getRequestBody().readAllBytes();
        calls.add(new Call(
                host,
                what(exchange),
                asked.getOrDefault("Authorization", List.of("")).get(0)));
        Matcher registry = REGISTRY.matcher(host);
        Matcher api = API.matcher(host);
        boolean ofRegistry = registry.matches();
        URI sandbox = regions.get(ofRegistry ? registry.group(2) : api.matches() ? api.group(1) : "");
        String prefix = ofRegistry ? "/v2/" + registry.group(1) + "." + registry.group(2) + "/" : "/v2/";
        String path = exchange.getRequestURI().toString();
        if (path.startsWith("/v2/") && path.length() > 4) {
            path = prefix + path.substring(4);
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(sandbox.resolve(path))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        asked.forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            give(exchange, http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()), sandbox, prefix);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static String what(HttpExchange exchange) {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        return target == null
                ? exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()
                : target.replaceFirst(".*\\.", "");
    }

    private static void give(HttpExchange exchange, HttpResponse<byte[]> answer, URI sandbox, String prefix)
            throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        answer.headers().map().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name) || (head && name.equals("content-length"))) {
                exchange.getResponseHeaders()
                        .set(name, values.get(0).replace(sandbox.toString(), "").replace(prefix, "/v2/"));
            }
        });
        byte[] body = answer.body();
        exchange.sendResponseHeaders(answer.statusCode(), head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        server.stop(0);
    }
}
