package shop.hello;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class HelloIT {
    @Test
    void saysItToTheGuest() throws Exception {
        URI uri = URI.create(System.getProperty("ecs.url") + "/Ada");
        String body = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();

        assertEquals("Welcome, Ada", body);
    }
}
