package io.github.ecsmaven.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.Sleeper;
import io.github.ecsmaven.ecs.Rollout;
import io.github.ecsmaven.ecs.Rollout.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentStopType;

/** Somebody else changes the service while a rollout is watched. */
class ChangedMeanwhileTest {
    @TempDir
    Path folder;

    private Shop shop;

    @BeforeEach
    void open() throws Exception {
        shop = new Shop(folder, true);
        // The rollout stays under way until something happens.
        shop.full();
    }

    @AfterEach
    void close() throws IOException {
        shop.close();
    }

    @Test
    void rolloutWhenTheDesiredCountChangesGoesOnWithTheNewOne() {
        shop.meanwhile(() -> {
            shop.ecs().updateService(u -> u.cluster("uat").service("orders").desiredCount(5));
            shop.aws.mend();
        });

        Rollout rollout = shop.redeploy(Shop.NEW);

        assertThat(rollout.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(shop.service().runningCount()).isEqualTo(5);
        assertThat(shop.heard.states).anyMatch(state -> state.startsWith("new 5/5"));
    }

    @Test
    void rolloutWhenAnotherTaskDefinitionTakesOverSaysWhoWonAndLeavesThat() throws Exception {
        String other = shop.register(Shop.digest("03"));
        shop.meanwhile(() -> {
            shop.ecs().updateService(u -> u.cluster("uat").service("orders").taskDefinition(other));
            shop.aws.mend();
        });
        Problem problem = shop.failure(Shop.NEW);

        assertThat(problem.what())
                .isEqualTo("Another deployment won: the rollout of orders in uat to revision 3 was superseded.");
        assertThat(problem.evidence())
                .anyMatch(line -> line.matches("Deployment ecs-svc/\\d+ with revision 2 took over\\."))
                .anyMatch(line -> line.startsWith("It brings image " + Shop.image(Shop.digest("03"))));
        Shop.await(() -> Shop.completed(shop.service()));
        assertThat(shop.served()).isEqualTo(Shop.image(Shop.digest("03")));
    }

    @Test
    void rolloutWhenTheSameIsDeployedOnceMoreIsSuperseded() {
        shop.meanwhile(() -> {
            shop.ecs().updateService(u -> u.cluster("uat").service("orders").forceNewDeployment(true));
            shop.aws.mend();
        });
        Problem problem = shop.failure(Shop.NEW);
        assertThat(problem.what()).startsWith("Another deployment won");
        assertThat(problem.evidence()).anyMatch(line -> line.endsWith("with revision 2 once more took over."));
    }

    /** Two builds of this plugin at once: each knows its own deployment. */
    @Test
    void rolloutWhenASecondBuildDeploysMeanwhileLosesAndTheSecondCompletes() throws Exception {
        CompletableFuture<Rollout> second = new CompletableFuture<>();
        Sleeper plain = shop.sleeper;
        shop.meanwhile(() -> {
            shop.sleeper = plain;
            second.completeAsync(() -> shop.redeploy(Shop.digest("03")));
            try {
                Shop.await(() -> shop.service().taskDefinition().endsWith(":3"));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            shop.aws.mend();
        });
        Problem problem = shop.failure(Shop.NEW);

        Rollout won = second.get(1, TimeUnit.MINUTES);
        assertThat(won.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(problem.what())
                .isEqualTo("Another deployment won: the rollout of orders in uat to revision 2 was superseded.");
        assertThat(problem.evidence())
                .contains("Deployment " + won.deploymentId() + " with revision 3 took over.")
                .anyMatch(line -> line.startsWith("It brings image " + Shop.image(Shop.digest("03"))));
        assertThat(shop.served()).isEqualTo(Shop.image(Shop.digest("03")));
    }

    @Test
    void rolloutWhenTheServiceIsDeletedSaysSo() {
        shop.customerLeaves();
        shop.meanwhile(() ->
                shop.ecs().deleteService(d -> d.cluster("uat").service("orders").force(true)));
        Problem problem = shop.failure(Shop.NEW);
        assertThat(problem.what()).isEqualTo("The service orders in uat was deleted during its rollout.");
        assertThat(problem.next()).isEqualTo("create the service again, then deploy.");
    }

    @Test
    void rolloutWhenScaledToZeroSaysThatNothingWasProved() {
        shop.customerLeaves();
        shop.meanwhile(() ->
                shop.ecs().updateService(u -> u.cluster("uat").service("orders").desiredCount(0)));
        Problem problem = shop.failure(Shop.NEW);
        assertThat(problem.what())
                .isEqualTo("The service orders in uat was scaled to 0 during its rollout: nothing was proved.");
        assertThat(problem.next()).isEqualTo("scale the service up and deploy again.");
    }

    @ParameterizedTest
    @EnumSource(
            value = StopServiceDeploymentStopType.class,
            names = {"ABORT", "ROLLBACK"})
    void rolloutWhenSomebodyStopsItEndsOnTheOldVersion(StopServiceDeploymentStopType how) throws Exception {
        shop.meanwhile(() -> {
            String current = shop.service().currentServiceDeployment();
            shop.ecs()
                    .stopServiceDeployment(s -> s.serviceDeploymentArn(current).stopType(how));
            shop.aws.mend();
        });
        Problem problem = shop.failure(Shop.NEW);

        assertThat(problem.text()).contains("revision 1");
        Shop.await(() -> Shop.completed(shop.service()));
        assertThat(shop.served()).isEqualTo(Shop.image(Shop.OLD));
    }

    @Test
    void rolloutWhenTheTaskDefinitionIsDeregisteredMeanwhileStillEndsOnIt() {
        shop.meanwhile(() -> {
            shop.ecs().deregisterTaskDefinition(d -> d.taskDefinition("orders:2"));
            shop.aws.mend();
        });
        assertThat(shop.redeploy(Shop.NEW).outcome()).isEqualTo(Outcome.COMPLETED);
    }
}
