package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.aws.AwsSettings;
import io.github.ecsmaven.ecs.RollBackRequest;
import io.github.ecsmaven.ecs.definition.Wanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.aether.DefaultSessionData;
import org.junit.jupiter.api.Test;

/** {@code ecs:rollback} in one module after the other. */
class RollbackTurnTest {
    private final List<String> lines = new ArrayList<>();
    private final RollbackTurn turn =
            new RollbackTurn(new SessionBoard(new DefaultSessionData()), new ConsoleLines(lines));

    @Test
    void takeGivesAServiceToOneModuleOnly() {
        assertThat(turn.take(place("eu-west-1"), requests("orders", "mail"))).hasSize(2);
        assertThat(turn.take(place("eu-west-1"), requests("orders", "billing")))
                .extracting(RollBackRequest::service)
                .containsExactly("billing");
        assertThat(turn.take(place("us-east-1"), requests("orders"))).hasSize(1);
        assertThat(lines).containsExactly("Another module of this build rolls orders in uat back.");
    }

    @Test
    void presentPassesAModuleOverThatHasNoService() {
        assertThat(turn.present(requests("words"), one -> false, 2)).isEmpty();
        assertThat(turn.present(requests("orders"), one -> true, 2)).hasSize(1);
        assertThat(lines).containsExactly("There is no service 'words' in uat: nothing to roll back.");
    }

    @Test
    void presentWhenNoModuleHasOneIsRefused() {
        turn.present(requests("words"), one -> false, 2);
        assertThatThrownBy(() -> turn.present(requests("orders"), one -> false, 2))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.text()).isEqualTo("""
                                No module of this build has a service in 'uat'.
                                Next: correct ecs.cluster or ecs.service, or ecs.region and ecs.profile if it is elsewhere."""));
    }

    private static AwsSettings place(String region) {
        return new AwsSettings(
                Optional.of(region), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static List<RollBackRequest> requests(String... services) {
        return Stream.of(services)
                .map(service -> new RollBackRequest(
                        "uat", service, Optional.empty(), true, Duration.ofSeconds(1), false, Wanted.CodeDeploy.USUAL))
                .toList();
    }
}
