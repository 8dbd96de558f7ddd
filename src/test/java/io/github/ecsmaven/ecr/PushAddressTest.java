package io.github.ecsmaven.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ecs.registry} changes the host, and nothing below it. */
class PushAddressTest {
    private static final String ECR = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";

    @ParameterizedTest(name = "{0} with ecs.registry={1}")
    @CsvSource({
        ECR + "/orders, , " + ECR + "/orders",
        ECR + "/orders, mirror.example.com, mirror.example.com/orders",
        ECR + "/shop/orders, mirror.example.com:5000, mirror.example.com:5000/shop/orders",
        "127.0.0.1:4747/shop/orders, localhost:4747, localhost:4747/shop/orders",
    })
    void address(String repositoryUri, String registry, String expected) {
        assertThat(PushImage.address(repositoryUri, Optional.ofNullable(registry)))
                .isEqualTo(expected);
    }
}
