package io.github.ecsmaven.sandbox.ecs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** What runs in the test image: answers with its VERSION (at /health with the status HEALTH), or ends at once with the exit code CRASH. One class file. */
public final class TestApp {
    private TestApp() {}

    public static void main(String[] arguments) throws IOException {
        System.out.println("starting " + System.getenv("VERSION"));
        if (System.getenv("CRASH") != null) {
            System.out.println("DB_URL is not set");
            System.exit(Integer.parseInt(System.getenv("CRASH")));
        }
        HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
        server.createContext("/", TestApp::answer);
        server.start();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        boolean checked = exchange.getRequestURI().getPath().equals("/health");
        String health = System.getenv("HEALTH");
        int status = checked && health != null ? Integer.parseInt(health) : 200;
        byte[] text = String.valueOf(System.getenv("VERSION")).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, text.length);
        exchange.getResponseBody().write(text);
        exchange.close();
    }
}
