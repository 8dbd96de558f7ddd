package io.github.ecsmaven;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryHostTest {
    @ParameterizedTest
    @CsvSource({
        "localhost, false",
        "localhost/shop, true",
        "localhost:5000/shop, true",
        "127.0.0.1:5000/shop/orders, true",
        "LOCALHOST/shop, false",
        "ghcr.io/shop/orders, false",
        "127.0.0.1.nip.io/shop, false",
        "not an image, false"
    })
    void isOfLoopbackWhenJibWouldPushThere(String image, boolean here) {
        assertThat(RegistryHost.isOfLoopback(image)).isEqualTo(here);
    }
}
