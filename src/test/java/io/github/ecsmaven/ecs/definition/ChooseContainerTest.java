package io.github.ecsmaven.ecs.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

class ChooseContainerTest {
    private static final String IMAGE = "host:5000/shop/orders@sha256:" + "a".repeat(64);

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            nullValues = "-",
            value = {
                "the only one,                  a=nginx,                                   -, a",
                "the named one,                 a=nginx b=host:5000/shop/orders:1,         a, a",
                "named though the only one,     a=nginx,                                   a, a",
                "the one of this repository,    a=nginx b=host:5000/shop/orders:1,         -, b",
                "pinned by digest,              a=nginx b=host:5000/shop/orders@sha256:12, -, b",
                "no tag at all,                 a=nginx b=host:5000/shop/orders,           -, b",
                "tag and digest,                a=nginx b=host:5000/shop/orders:1@sha256:1,-, b",
                "another repository on purpose, a=nginx b=envoy,                           b, b",
            })
    void choose(String label, String containers, String name, String expected) {
        assertThat(ChooseContainer.choose("orders", parse(containers), Optional.ofNullable(name), IMAGE)
                        .name())
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "named wrongly | a=nginx | x | The task definition 'orders' has no container 'x'.",
                "none of this repository | a=nginx b=envoy | - | The task definition 'orders' has 2 containers and none runs 'host:5000/shop/orders': which one gets the image is not clear.",
                "the prefix of another | a=nginx b=host:5000/shop/orders-api:1 | - | The task definition 'orders' has 2 containers and none runs 'host:5000/shop/orders': which one gets the image is not clear.",
                "both | a=host:5000/shop/orders:1 b=host:5000/shop/orders:2 | - | The task definition 'orders' has 2 containers and 2 of them run 'host:5000/shop/orders': which one gets the image is not clear.",
            })
    void problem(String label, String containers, String name, String what) {
        Problem problem = catchThrowableOfType(
                Problem.class,
                () -> ChooseContainer.choose("orders", parse(containers), Optional.ofNullable(name), IMAGE));
        assertThat(problem.what()).isEqualTo(what);
        assertThat(problem.evidence()).first().isEqualTo(containers.split(" ")[0].replace("=", "  "));
        assertThat(problem.next()).contains("ecs.containerName");
    }

    private static List<ContainerDefinition> parse(String text) {
        return Arrays.stream(text.trim().split(" +"))
                .map(c -> ContainerDefinition.builder()
                        .name(c.split("=", 2)[0])
                        .image(c.split("=", 2)[1])
                        .build())
                .toList();
    }
}
