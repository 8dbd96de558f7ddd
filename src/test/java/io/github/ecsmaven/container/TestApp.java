package io.github.ecsmaven.container;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** The application in the test image; its environment says how it behaves. */
final class TestApp {
    private TestApp() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        String mode = System.getenv().getOrDefault("MODE", "ok");
        System.out.println("grüße from mode " + mode);
        if (mode.equals("exit")) {
            new IllegalStateException("DB_URL is not set").printStackTrace();
            System.exit(3);
        }
        if (mode.equals("slow")) {
            Thread.sleep(1500);
        }
        if (mode.equals("silent")) {
            Thread.sleep(60_000);
        }
        serve(mode.equals("down") ? 503 : 200);
        System.out.println("Started in no time");
    }

    private static void serve(int status) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
        byte[] body =
                (status == 200 ? "{\"status\":\"UP\"}" : "{\"status\":\"DOWN\"}").getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }
}
