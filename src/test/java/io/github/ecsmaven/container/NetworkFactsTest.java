package io.github.ecsmaven.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.Problem;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkFactsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a network of the user's,                bridge,  false, false, db, ",
        "an overlay,                             overlay, false, false, db, ",
        "host,                                   host,    false, false, '', no port is published",
        "none,                                   null,    false, false, '', no port is published",
        "internal,                               bridge,  true,  false, '', is internal",
        "the default bridge without services,    bridge,  false, true,  '', ",
        "the default bridge with services,       bridge,  false, true,  db, containers have no names",
        "a name that is taken,                   bridge,  false, false, queue, a container is named 'queue' already"
    })
    void objectionWhenItWillNotDo(
            String label, String driver, boolean internal, boolean standard, String service, String why) {
        NetworkFacts facts = new NetworkFacts("ci", driver, internal, standard, Set.of("queue", "c1"));

        assertThat(facts.objection(service.isEmpty() ? List.of() : List.of(service))
                        .map(Problem::text))
                .as(label)
                .satisfies(text -> {
                    if (why == null) {
                        assertThat(text).isEmpty();
                    } else {
                        assertThat(text).get().asString().contains(why).contains("'ci' (ecs.test.network)", "Next: ");
                    }
                });
    }
}
