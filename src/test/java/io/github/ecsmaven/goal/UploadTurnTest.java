package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.goal.UploadTurn.Module;
import io.github.ecsmaven.goal.UploadTurn.State;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UploadTurnTest {
    private static final Optional<Boolean> OPEN = Optional.empty();
    private static final Optional<Boolean> SUCCESS = Optional.of(true);
    private static final Optional<Boolean> FAILURE = Optional.of(false);

    private static final String AT_ONCE = "Now[]";
    private static final String AFTER_THOSE = "AfterThose[]";
    private static final String AT_END = "AtEnd[]";

    static Stream<Arguments> turns() {
        return Stream.of(
                turn("no back end in the build", AT_ONCE),
                turn("it has come to its end", AT_ONCE, orders(State.COMPLETED, SUCCESS)),
                turn("it is under way behind its goal", AFTER_THOSE, orders(State.BEGUN, SUCCESS)),
                turn("it is under way in another thread", AFTER_THOSE, orders(State.BEGUN, OPEN)),
                turn("it is still to come", AT_END, orders(State.TO_COME, OPEN)),
                turn("one is under way, another is to come", AT_END, orders(State.BEGUN, SUCCESS), billing()),
                turn("its goal had nothing to roll out", AT_ONCE, orders(State.TO_COME, SUCCESS)),
                turn(
                        "it has failed",
                        "Held[why=[The rollout of orders has failed.]]",
                        orders(State.FAILED, FAILURE),
                        billing()),
                turn(
                        "it did not come to its rollout",
                        "Held[why=[orders was not rolled out.]]",
                        orders(State.TO_COME, FAILURE)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("turns")
    void ofWhatIsKnown(String label, String expected, List<Module> modules) {
        assertThat(UploadTurn.of(modules, true)).hasToString(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("turns")
    void ofWhatIsKnownWithoutTheExtensionNeverWaitsForTheEnd(String label, String expected, List<Module> modules) {
        boolean underWay = modules.stream().anyMatch(one -> one.state() == State.BEGUN);

        assertThat(UploadTurn.of(modules, false))
                .hasToString(expected.equals(AT_END) ? underWay ? AFTER_THOSE : AT_ONCE : expected);
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                Arguments.of("all are well", List.of(), AT_ONCE, List.of(orders(State.COMPLETED, SUCCESS))),
                Arguments.of("a library", List.of(), AT_ONCE, List.of(orders(State.TO_COME, SUCCESS))),
                Arguments.of(
                        "Maven has passed it over",
                        List.of(),
                        "Held[why=[orders was not rolled out.]]",
                        List.of(orders(State.TO_COME, OPEN))),
                Arguments.of(
                        "another module has failed",
                        List.of("The build has failed."),
                        "Held[why=[The build has failed.]]",
                        List.of(orders(State.COMPLETED, SUCCESS))),
                Arguments.of(
                        "it has failed, and with it the build",
                        List.of("The build has failed."),
                        "Held[why=[The rollout of orders has failed.]]",
                        List.of(orders(State.FAILED, FAILURE))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void ofEnd(String label, List<String> failures, String expected, List<Module> modules) {
        assertThat(UploadTurn.ofEnd(modules, failures)).hasToString(expected);
    }

    private static Arguments turn(String label, String expected, Module... modules) {
        return Arguments.of(label, expected, List.of(modules));
    }

    private static Module orders(State state, Optional<Boolean> succeeded) {
        return new Module("orders", state, succeeded);
    }

    private static Module billing() {
        return new Module("billing", State.TO_COME, OPEN);
    }
}
