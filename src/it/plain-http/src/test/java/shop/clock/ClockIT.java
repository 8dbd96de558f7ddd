package shop.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class ClockIT {
    @Test
    void answersForTheZoneThatWasAsked() throws Exception {
        URI uri = URI.create(System.getProperty("ecs.url") + "/time?zone=Asia/Tokyo");
        String body = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();

        assertEquals("+09:00", JsonParser.parseString(body).getAsJsonObject().get("offset").getAsString());
    }
}
