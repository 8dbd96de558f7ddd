package io.github.ecsmaven.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindEarlierTest {
    private static final String ARN = "arn:aws:ecs:us-east-1:123456789012:task-definition/";

    @ParameterizedTest(name = "[{0}], runs {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "orders:17 orders:16 orders:12 | orders:17 | name the revision to go back to, such as -Decs.to=16.",
                "orders:17 orders:16 orders:12 | orders:16 | name the revision to go back to, such as -Decs.to=12.",
                "orders:2 orders:1 | orders:1 | name the revision to go back to, such as -Decs.to=2.",
                "orders:19 orders:18 | orders:3 | name the revision to go back to, such as -Decs.to=19.",
                "orders:1 | orders:1 | deploy the version that is wanted: there is no other revision than the one that runs.",
                "'' | orders:1 | name the revision to go back to with -Decs.to=<number>."
            })
    void nextOffersARevisionThatIsThere(String revisions, String now, String next) {
        List<String> newest = revisions.isEmpty()
                ? List.of()
                : List.of(revisions.split(" ")).stream().map(ARN::concat).toList();

        assertThat(FindEarlier.next(newest, ARN + now)).isEqualTo(next);
    }
}
