package io.github.ecsmaven.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.RollBackRequest;
import io.github.ecsmaven.ecs.RollBackService;
import io.github.ecsmaven.ecs.RollBackServices;
import io.github.ecsmaven.ecs.Rollout;
import io.github.ecsmaven.ecs.Rollout.Outcome;
import io.github.ecsmaven.ecs.definition.Wanted;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ecs:rollback}, by hand. */
class RollbackTest {
    @TempDir
    Path folder;

    private final List<Rollout> records = new ArrayList<>();
    private Shop shop;

    @BeforeEach
    void open() throws Exception {
        shop = new Shop(folder, true);
        shop.redeploy(Shop.NEW);
    }

    @AfterEach
    void close() throws IOException {
        shop.close();
    }

    @Test
    void rollbackBringsTheLastGoodVersionBackAndIsRecorded() throws Exception {
        assertThat(back(Optional.empty(), true)).startsWith("Rolled back: revision 1 runs again, after ");
        assertThat(shop.served()).isEqualTo(Shop.image(Shop.OLD));
        assertThat(records).singleElement().satisfies(record -> {
            assertThat(record.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(record.digest()).isEqualTo(Shop.OLD);
            assertThat(record.taskDefinition()).endsWith("/orders:1");
            assertThat(record.previousTaskDefinition())
                    .hasValueSatisfying(arn -> assertThat(arn).endsWith("/orders:2"));
            assertThat(record.deploymentId())
                    .isEqualTo(shop.service().deployments().get(0).id());
            assertThat(record.url()).isPresent();
        });
    }

    @Test
    void rollbackThatFailsIsRecordedAndTheVersionThatRanServes() throws Exception {
        shop.crashes(Shop.OLD);
        Problem problem = catchThrowableOfType(Problem.class, () -> back(Optional.of(Shop.OLD.value()), true));
        assertThat(problem.what())
                .isEqualTo(
                        "The rollback of orders in uat to revision 1 failed, and ECS took it back to revision 2: the new tasks start and end again.");
        assertThat(shop.served()).isEqualTo(Shop.image(Shop.NEW));
        assertThat(records).singleElement().satisfies(record -> assertThat(record.outcome())
                .isEqualTo(Outcome.FAILED));
    }

    @Test
    void rollbackThatNobodyWaitsForIsRecordedAsStarted() throws Exception {
        back(Optional.of("1"), false);
        assertThat(records).singleElement().satisfies(record -> assertThat(record.outcome())
                .isEqualTo(Outcome.STARTED));
    }

    @Test
    void rollbackToWhatRunsChangesNothingAndIsNotRecorded() throws Exception {
        String before = shop.state();
        assertThat(back(Optional.of("2"), true)).isEqualTo("orders in uat already runs revision 2: nothing to do.");
        assertThat(shop.state()).isEqualTo(before);
        assertThat(records).isEmpty();
    }

    @Test
    void rollbackOfARolloutThatIsUnderWayTakesOver() throws Exception {
        shop.full();
        shop.begin(Shop.digest("03"));
        shop.aws.mend();
        assertThat(back(Optional.empty(), true)).startsWith("Rolled back: revision 2 runs again");
        assertThat(shop.served()).isEqualTo(Shop.image(Shop.NEW));
    }

    @Test
    void rollbackOfSeveralGoesOnWhenOneFailsAndTellsAll() {
        List<String> told = new ArrayList<>();
        RollBackServices.Ends ends = new RollBackServices.Ends() {
            @Override
            public void record(Rollout rollout) {
                records.add(rollout);
            }

            @Override
            public void good(String service, String line) {
                told.add(service + ": " + line);
            }

            @Override
            public void bad(String service, Problem problem) {
                told.add(service + ": " + problem.what());
            }
        };
        RollBackServices back =
                new RollBackServices(Shop.apis(shop.clients, shop.ecs()), name -> shop.heard, shop.clock, shop.sleeper);

        Problem problem = catchThrowableOfType(
                Problem.class,
                () -> back.run(
                        List.of(request("ordes", Optional.empty(), true), request(Optional.empty(), true)), ends));

        assertThat(problem.text().replaceAll("after \\S+ s", "after N")).isEqualTo("""
                There is no ECS service 'ordes' in cluster 'uat' in eu-west-1.
                  Near: orders
                  orders: Rolled back: revision 1 runs again, after N.
                Next: correct ecs.service, ecs.cluster or ecs.region, or create the service first (src/main/ecs/service.json lets the build do it).""");
        assertThat(told)
                .hasSize(2)
                .anyMatch(line -> line.startsWith("ordes: There is no ECS service"))
                .anyMatch(line -> line.startsWith("orders: Rolled back: revision 1 runs again"));
        assertThat(records).singleElement().satisfies(record -> assertThat(record.outcome())
                .isEqualTo(Outcome.COMPLETED));
        assertThat(shop.served()).isEqualTo(Shop.image(Shop.OLD));
    }

    private String back(Optional<String> to, boolean await) throws InterruptedException {
        return new RollBackService(Shop.apis(shop.clients, shop.ecs()), shop.heard, shop.clock, shop.sleeper)
                .run(request(to, await), records::add);
    }

    private static RollBackRequest request(Optional<String> to, boolean await) {
        return request("orders", to, await);
    }

    private static RollBackRequest request(String service, Optional<String> to, boolean await) {
        return new RollBackRequest("uat", service, to, await, Duration.ofSeconds(20), false, Wanted.CodeDeploy.USUAL);
    }
}
