package shop.words;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Says one phrase to whoever is named by the path. */
public final class PhraseServer {
    private PhraseServer() {}

    public static void start(String phrase) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
        server.createContext("/", exchange -> {
            String guest = exchange.getRequestURI().getPath().substring(1);
            byte[] body = (phrase + ", " + guest).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }
}
