package shop.greeting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GreetingTest {
    @Test
    void greetsByName() {
        assertThat(Greeting.of("Ada").text()).contains("Ada");
    }
}
