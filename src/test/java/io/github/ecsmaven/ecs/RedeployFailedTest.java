package io.github.ecsmaven.ecs;

import static io.github.ecsmaven.ecs.Orders.DIGEST;
import static io.github.ecsmaven.ecs.Orders.FAMILY;
import static io.github.ecsmaven.ecs.Orders.deployment;
import static io.github.ecsmaven.ecs.Orders.deployments;
import static io.github.ecsmaven.ecs.Orders.fresh;
import static io.github.ecsmaven.ecs.Orders.old;
import static io.github.ecsmaven.ecs.Orders.request;
import static io.github.ecsmaven.ecs.Orders.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.ecs.Rollout.Outcome;
import io.github.ecsmaven.ecs.RolloutRequest.Mode;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedeployFailedTest {
    private Orders orders;

    @BeforeEach
    void start() throws IOException {
        orders = new Orders();
    }

    @AfterEach
    void stop() {
        orders.close();
    }

    @Test
    void runWhenEcsRollsBackFollowsItAndFails() {
        orders.crashing = true;
        orders.then(second -> second < 5
                ? deployments(fresh("PRIMARY", "IN_PROGRESS", 0), old("ACTIVE", 2))
                : deployments(fresh("ACTIVE", "FAILED", 0), old("PRIMARY", 2)));
        RolloutFailed failed = orders.fails(request());
        assertThat(failed.rollout().outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(failed.rollout().taskDefinition()).isEqualTo(FAMILY + 17);
        assertThat(failed.problem().what())
                .isEqualTo("ECS rolled orders in uat back to revision 17: the new tasks start and end again.");
        assertThat(failed.problem().text()).contains("3 of 3 tasks of revision 18 stopped", "exit code 1");
        assertThat(orders.ecs.calls("UpdateService")).hasSize(1);
    }

    @Test
    void runWhenTasksCrashAndNoBreakerIsThereRollsBackItself() {
        orders.crashing = true;
        orders.breaker = false;
        orders.then(second -> deployments(fresh("PRIMARY", "IN_PROGRESS", 0), old("ACTIVE", 2)));
        orders.then(second -> second < 3
                ? deployments(deployment("new2", "PRIMARY", 17, "IN_PROGRESS", 2), fresh("ACTIVE", "IN_PROGRESS", 0))
                : deployments(deployment("new2", "PRIMARY", 17, "COMPLETED", 2)));

        RolloutFailed failed = orders.fails(request());

        assertThat(failed.rollout().outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(failed.problem().text())
                .startsWith(
                        "The rollout of orders in uat to revision 18 goes nowhere: the new tasks start and end again.\n"
                                + "  Deployment ecs-svc/new1, begun at 10:00:00 UTC, ended after 0.0 s.\n"
                                + "  3 of 3 tasks of revision 18 stopped within 9.0 s: Essential container in task exited, exit code 1")
                .contains("Rolled back: revision 17 runs again.");
        assertThat(orders.ecs.calls("UpdateService").stream()
                        .map(c -> c.at("/taskDefinition").asText()))
                .containsExactly(FAMILY + 18, FAMILY + 17);
    }

    @Test
    void runWhenTheRollbackComesToNoEndSaysThatSomebodyHasToAct() {
        orders.crashing = true;
        orders.breaker = false;
        orders.then(second -> deployments(fresh("PRIMARY", "IN_PROGRESS", 0), old("ACTIVE", 2)));
        orders.then(second ->
                deployments(deployment("new2", "PRIMARY", 17, "IN_PROGRESS", 0), fresh("ACTIVE", "IN_PROGRESS", 0)));

        RolloutFailed failed = orders.fails(request());

        assertThat(failed.rollout().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.problem().evidence())
                .contains(
                        "The rollback to revision 17 did not end well: it was not at its end in time (new 0/2, old 0/2).");
        assertThat(failed.problem().next())
                .startsWith(
                        "act at once, as the service was not brought back: look at its tasks; mvn ecs:rollback"
                                + " -Decs.cluster=uat -Decs.service=orders -Decs.to=orders:17 tries it again. After that: read ");
    }

    @Test
    void runWhenRollbackIsOffLeavesTheServiceAsItIs() {
        orders.breaker = false;
        orders.then(second -> deployments(fresh("PRIMARY", "IN_PROGRESS", 0), old("ACTIVE", 2)));
        RolloutFailed failed = orders.fails(with(Mode.revision, true, false, false));
        assertThat(failed.rollout().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.problem().text())
                .contains("was not at its end after 30 s", "Last seen: new 0/2, old 2/2", "(ecs.rollback=false)");
        assertThat(orders.slept()).as("virtual seconds").isBetween(29L, 33L);
    }

    @Test
    void runWhenCompletedWithAnotherImageFailsWithBothDigestsAndRollsBack() {
        orders.shownDigest = "sha256:" + "0".repeat(64);
        orders.then(second -> deployments(fresh("PRIMARY", "COMPLETED", 2)))
                .then(second -> deployments(deployment("new2", "PRIMARY", 17, "COMPLETED", 2)));
        RolloutFailed failed = orders.fails(request());
        assertThat(failed.rollout().outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(failed.problem().text())
                .startsWith("The rollout of orders in uat completed, but runs another image.\n"
                        + "  Deployment ecs-svc/new1, begun at 10:00:00 UTC, ended after 0.0 s.\n  Pushed " + DIGEST
                        + ", running " + orders.shownDigest)
                .contains("Rolled back: revision 17 runs again.");
    }
}
