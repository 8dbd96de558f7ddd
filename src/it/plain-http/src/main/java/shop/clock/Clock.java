package shop.clock;

import com.google.gson.Gson;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;

/** Tells what time it is in a zone: GET /time?zone=Europe/Rome. */
public final class Clock {
    private final Gson gson = new Gson();

    public static void main(String[] args) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
        server.createContext("/time", new Clock()::answer);
        server.start();
        System.out.println("The clock ticks on port 8080");
    }

    String time(String zone) {
        ZonedDateTime now = ZonedDateTime.now(ZoneId.of(zone));
        return gson.toJson(Map.of("zone", zone, "offset", now.getOffset().getId()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = time(exchange.getRequestURI().getQuery().replace("zone=", "")).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
