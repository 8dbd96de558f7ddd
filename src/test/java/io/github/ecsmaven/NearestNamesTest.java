package io.github.ecsmaven;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNamesTest {
    @ParameterizedTest(name = "{0} among {1}")
    @CsvSource({
        "order,   orders payments,            orders",
        "ordres,  orders payments,            orders",
        "orders,  shop-orders-uat payments,   shop-orders-uat",
        "Orders,  orders,                     orders",
        "x,       payments billing,           ''",
        "orders,  order1 order2 order3 order4,order1 order2 order3",
    })
    void nearest(String wanted, String known, String expected) {
        assertThat(String.join(" ", NearestNames.of(wanted, Arrays.asList(known.split(" ")))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "'', abc, 3", "abc, abc, 0"})
    void distance(String a, String b, int expected) {
        assertThat(List.of(NearestNames.distance(a, b), NearestNames.distance(b, a)))
                .containsOnly(expected);
    }
}
