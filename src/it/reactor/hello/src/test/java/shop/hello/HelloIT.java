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
        String address = System.getProperty("ecs.host") + ":" + System.getProperty("ecs.port");
        URI uri = URI.create("http://" + address + "/Ada");
        String body = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();

        assertEquals("Welcome, Ada", body);
        assertEquals("http://" + address, System.getProperty("ecs.url"));
    }
}
