package io.github.ecsmaven.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.Rollout;
import io.github.ecsmaven.ecs.Rollout.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a build makes of one that was killed in the middle of a deploy. */
class KilledBuildTest {
    @TempDir
    Path folder;

    private Shop shop;

    @BeforeEach
    void open() throws Exception {
        shop = new Shop(folder, true);
    }

    @AfterEach
    void close() throws IOException {
        shop.close();
    }

    @Test
    void deployWhenTheLastOneDiedBeforeTheUpdateTakesTheRevisionThatItLeft() throws Exception {
        shop.aws.order("{'fault': 'cut', 'action': 'UpdateService'}");
        assertThat(shop.failure(Shop.NEW).what()).startsWith("Could not update service 'orders'");
        shop.aws.mend();
        assertThat(shop.revisions()).isEqualTo(2);
        assertThat(shop.served()).isEqualTo(Shop.image(Shop.OLD));
        shop.heard = new Heard();

        Rollout rollout = shop.redeploy(Shop.NEW);

        assertThat(rollout.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(shop.heard.planned)
                .containsExactly("Rollout of orders in uat: revision 1 -> 2, which was there (image only)");
        assertThat(shop.revisions()).isEqualTo(2);
        assertThat(shop.served()).isEqualTo(Shop.image(Shop.NEW));
    }

    @Test
    void deployOfTheSameImageWhenTheLastOneDiedWhileItWatchedFollowsItsRollout() throws Exception {
        shop.full();
        Rollout left = shop.begin(Shop.NEW);
        shop.heard = new Heard();
        shop.meanwhile(shop.aws::mend);

        Rollout rollout = shop.redeploy(Shop.NEW);

        assertThat(rollout.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rollout.deploymentId()).isEqualTo(left.deploymentId());
        assertThat(shop.heard.planned).containsExactly("A rollout of this image is under way: following it");
        assertThat(shop.revisions()).isEqualTo(2);
    }

    @Test
    void deployOfTheSameImageWhenThatCrashesInTheRolloutThatWasLeftRollsBackToTheLastGoodOne() throws Exception {
        shop.breaker(false);
        shop.crashes(Shop.NEW);
        shop.begin(Shop.NEW);
        String served = Shop.image(Shop.OLD);

        Problem problem = shop.failure(Shop.NEW);

        assertThat(problem.what())
                .isEqualTo(
                        "The rollout of orders in uat to revision 2 goes nowhere: the new tasks start and end again.");
        assertThat(problem.evidence()).contains("Rolled back: revision 1 runs again.");
        assertThat(shop.served()).isEqualTo(served);
    }

    @Test
    void deployOfAnotherImageWhenTheLastOneDiedWhileItWatchedTakesOver() throws Exception {
        shop.full();
        Rollout left = shop.begin(Shop.NEW);
        shop.aws.mend();
        Rollout rollout = shop.redeploy(Shop.digest("03"));

        assertThat(rollout.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rollout.deploymentId()).isNotEqualTo(left.deploymentId());
        assertThat(shop.served()).isEqualTo(Shop.image(Shop.digest("03")));
    }

    @Test
    void deployOfTheSameImageWhenThatWasRolledBackMeanwhileTriesItsRevisionAgain() throws Exception {
        shop.crashes(Shop.NEW);
        shop.begin(Shop.NEW);
        Shop.await(() -> Shop.completed(shop.service())
                && shop.service().taskDefinition().endsWith(":1"));
        shop.heard = new Heard();

        Problem problem = shop.failure(Shop.NEW);

        assertThat(problem.what())
                .isEqualTo("ECS rolled orders in uat back to revision 1: the new tasks start and end again.");
        assertThat(shop.heard.planned)
                .containsExactly("Rollout of orders in uat: revision 1 -> 2, which was there (image only)");
        assertThat(shop.served()).isEqualTo(Shop.image(Shop.OLD));
    }

    @Test
    void deployWhenTheLastOneDiedAfterItsRolloutHadCompletedHasNothingToDo() throws Exception {
        shop.begin(Shop.NEW);
        Shop.await(() -> Shop.completed(shop.service()));
        assertThat(shop.redeploy(Shop.NEW).outcome()).isEqualTo(Outcome.UNCHANGED);
    }
}
