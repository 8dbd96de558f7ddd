package io.github.ecsmaven.container;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The application in the test image; its argument or its environment says how it behaves. */
final class TestApp {
    private TestApp() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        String mode = args.length > 0 ? args[0] : System.getenv().getOrDefault("MODE", "ok");
        System.out.println("grüße from mode " + mode);
        switch (mode) {
            case "exit" -> {
                new IllegalStateException("DB_URL is not set").printStackTrace();
                System.exit(3);
            }
            case "slow" -> Thread.sleep(1500);
            case "silent" -> Thread.sleep(60_000);
            case "dismiss" -> dismiss();
            case "ryuk" -> acknowledge();
            default -> {}
        }
        serve(mode.equals("down") ? 503 : 200);
        System.out.println("Started in no time");
    }

    private static void serve(int status) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
        String health = status == 200 ? "{\"status\":\"UP\"}" : "{\"status\":\"DOWN\"}";
        server.createContext("/", exchange -> answer(exchange, status, health));
        server.createContext("/call", exchange -> answer(exchange, 200, "the peer says " + peer("")));
        server.createContext("/bye", exchange -> {
            System.out.println("asked to end");
            System.exit(4);
        });
        server.start();
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Asks the container that the variable PEER names. */
    private static String peer(String path) throws IOException {
        URI uri = URI.create("http://" + System.getenv("PEER") + ":8080/" + path);
        return new String(uri.toURL().openStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Ends the peer, and then can't go on without it. */
    private static void dismiss() {
        try {
            while (true) {
                peer("bye");
            }
        } catch (IOException gone) {
            System.out.println("the peer is gone");
            System.exit(3);
        }
    }

    /** Speaks Ryuk's protocol: a line for each filter, ACK for each line; ends when nobody is connected any more. */
    private static void acknowledge() throws IOException {
        try (ServerSocket server = new ServerSocket(8080)) {
            System.out.println("Started!");
            try (Socket client = server.accept();
                    BufferedReader lines = new BufferedReader(
                            new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    client.getOutputStream().write("ACK\n".getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        System.exit(0);
    }
}
