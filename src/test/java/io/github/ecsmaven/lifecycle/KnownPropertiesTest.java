package io.github.ecsmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownPropertiesTest {
    @ParameterizedTest
    @CsvSource({
        "ecs.cluser, Unknown property 'ecs.cluser'; did you mean 'ecs.cluster'?",
        "ecs.Service, Unknown property 'ecs.Service'; did you mean 'ecs.service'?",
        "ecs.somethingElse, Unknown property 'ecs.somethingElse'; it has no effect.",
        "ecs.mainClass, Unknown property 'ecs.mainClass'; did you mean 'ecs.container.mainClass'?",
        "ecs.foo, Unknown property 'ecs.foo'; it has no effect.",
        "ecs.tag, Unknown property 'ecs.tag'; did you mean 'ecs.tags'?",
        "ecs.cluster,",
        "ecs.test.environment.DB,",
        "ecs.notify.mail,",
        "other.cluser,"
    })
    void complaintsWhenAPropertyIsUnknownNameTheNearest(String name, String complaint) {
        Properties properties = new Properties();
        properties.setProperty(name, "x");

        assertThat(new KnownProperties(
                                () -> Set.of("ecs.cluster", "ecs.service", "ecs.container.mainClass", "ecs.tags"))
                        .complaints(properties))
                .isEqualTo(complaint == null ? List.of() : List.of(complaint));
    }
}
