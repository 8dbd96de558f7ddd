package io.github.ecsmaven.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Problem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EcsNamesTest {
    @ParameterizedTest
    @CsvSource({
        "orders, true, true",
        "Orders_2-b, true, true",
        "arn:aws:ecs:eu-west-1:123456789012:cluster/uat, false, true",
        "arn:aws-cn:ecs:cn-north-1:123456789012:cluster/uat, false, true",
        "arn:aws:ecs:eu-west-1:123456789012:service/uat/orders, false, false",
        "BAD/NAME, false, false",
        "shop.orders, false, false",
        "two words, false, false",
        "'', false, false",
    })
    void requireTakesWhatEcsTakes(String name, boolean service, boolean cluster) {
        Problem noService = catchThrowableOfType(Problem.class, () -> EcsNames.requireService(name));
        Problem noCluster = catchThrowableOfType(Problem.class, () -> EcsNames.requireCluster(name));

        assertThat(noService == null).isEqualTo(service);
        assertThat(noCluster == null).isEqualTo(cluster);
        if (noService != null) {
            assertThat(noService.what()).contains("'" + name + "'", "ecs.service");
        }
        if (noCluster != null) {
            assertThat(noCluster.what()).contains("'" + name + "'", "ecs.cluster");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {255, 256})
    void requireTakesUpTo255Signs(int length) {
        String name = "a".repeat(length);
        if (length == 255) {
            assertThatCode(() -> EcsNames.requireService(name)).doesNotThrowAnyException();
            assertThatCode(() -> EcsNames.requireCluster(name)).doesNotThrowAnyException();
        } else {
            assertThat(catchThrowableOfType(Problem.class, () -> EcsNames.requireService(name)))
                    .isNotNull();
            assertThat(catchThrowableOfType(Problem.class, () -> EcsNames.requireCluster(name)))
                    .isNotNull();
        }
    }
}
