package shop.clock;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ClockTest {
    @Test
    void knowsTheZone() {
        assertTrue(new Clock().time("UTC").contains("\"UTC\""));
    }
}
