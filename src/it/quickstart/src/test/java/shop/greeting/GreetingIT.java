package shop.greeting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.web.client.RestTemplate;

/** Talks to the container of the image that will be deployed; the plugin hands over its address. */
class GreetingIT {
    private final String url = System.getProperty("ecs.url");

    @Test
    void answersWithTheNameItWasGiven() {
        Greeting answer = new RestTemplate().getForObject(url + "/greeting?name=Ada", Greeting.class);

        assertThat(answer).isEqualTo(Greeting.of("Ada"));
    }
}
