package io.github.ecsmaven.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkNamesTest {
    private final NetworkNames names = new NetworkNames();

    @BeforeEach
    void aModuleHoldsTwoNames() {
        names.hold("g1", "id-of-ci", request("shop:orders", "db", "queue"));
    }

    @ParameterizedTest
    @CsvSource({"id-of-ci, stub, true", "id-of-other, db, true", "id-of-ci, db, false", "id-of-ci, queue, false"})
    void requireFreeWhenNamesAreHeldLetsTheOthersThrough(String network, String service, boolean free) {
        Problem problem =
                catchThrowableOfType(Problem.class, () -> names.requireFree(network, request("shop:billing", service)));
        assertThat(problem == null).isEqualTo(free);
    }

    @Test
    void holdWhenOneIsHeldTellsByWhomAndHoldsNone() {
        Problem problem = catchThrowableOfType(
                Problem.class, () -> names.hold("g2", "id-of-ci", request("shop:billing", "stub", "db")));
        assertThat(problem.blame()).isEqualTo(Problem.Blame.PROJECT);
        assertThat(problem.text())
                .isEqualTo("In the Docker network 'ci' (ecs.test.network) the module 'shop:orders' of this build runs a"
                        + " service 'db' (ecs.test.services) at the same time.\nNext: give one of them another name,"
                        + " ecs.test.services=my-db=postgres:16, build without -T, or leave ecs.test.network out: then"
                        + " each module has a network of its own.");
        assertThatCode(() -> names.hold("g3", "id-of-ci", request("shop:stock", "stub")))
                .doesNotThrowAnyException();
    }

    @Test
    void releaseFreesWhatTheGroupHolds() {
        names.hold("g2", "id-of-ci", request("shop:billing", "stub"));
        names.release("g1");
        names.hold("g3", "id-of-ci", request("shop:stock", "db"));
        assertThat(catchThrowableOfType(
                        Problem.class, () -> names.requireFree("id-of-ci", request("shop:stock", "stub"))))
                .isNotNull();
    }

    private static ServicesRequest request(String project, String... services) {
        return new ServicesRequest(
                project,
                "build",
                Optional.of("ci"),
                Duration.ofMinutes(1),
                Stream.of(services).map(NetworkNamesTest::service).toList());
    }

    private static ServicesRequest.Service service(String name) {
        return new ServicesRequest.Service(
                name, "postgres:16", Optional.empty(), Optional.empty(), Map.of(), List.of(), Path.of(name + ".log"));
    }
}
