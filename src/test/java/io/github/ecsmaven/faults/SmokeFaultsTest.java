package io.github.ecsmaven.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Digest;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.RedeployServices;
import io.github.ecsmaven.ecs.Rollout;
import io.github.ecsmaven.ecs.Rollout.Outcome;
import io.github.ecsmaven.ecs.RolloutRequest;
import io.github.ecsmaven.ecs.ServiceCheck;
import io.github.ecsmaven.ecs.Told;
import io.github.ecsmaven.smoke.AskUrls;
import io.github.ecsmaven.smoke.SmokeLog;
import io.github.ecsmaven.smoke.SmokeRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rollout that completes, and a new version that does not do what it shall. */
class SmokeFaultsTest {
    private static final SmokeLog SILENT = new SmokeLog() {
        @Override
        public void answered(String url, int status, boolean inBrowser, Duration took) {}

        @Override
        public void again(String url, String fault) {}

        @Override
        public void notice(String text) {}
    };

    @TempDir
    Path folder;

    private final List<Rollout> records = new ArrayList<>();
    private final List<Duration> toldAt = new ArrayList<>();
    private final Told heard = new Told() {
        @Override
        public void event(Duration elapsed, String message) {
            if (message.contains("answers without the text")) {
                toldAt.add(elapsed);
            }
        }
    };

    private Shop shop;

    @BeforeEach
    void open() throws Exception {
        shop = new Shop(folder, true);
    }

    /** No customer has met anything then. */
    @AfterEach
    void close() throws IOException {
        shop.close();
    }

    @Test
    void versionThatAnswersAsItShallStays() {
        redeploy(Shop.NEW, Shop.image(Shop.NEW), true);

        assertThat(shop.served()).isEqualTo(Shop.image(Shop.NEW));
        assertThat(records).singleElement().satisfies(one -> assertThat(one.outcome())
                .isEqualTo(Outcome.COMPLETED));
    }

    @Test
    void versionThatDoesNotIsRolledBackToTheLastGoodOne() {
        Problem problem = catchThrowableOfType(Problem.class, () -> redeploy(Shop.NEW, "Welcome", true));

        assertThat(problem.what()).matches("http://\\S+/ answers without the text 'Welcome'\\.");
        assertThat(problem.evidence())
                .anySatisfy(line -> assertThat(line).startsWith("Asked 2 times within "))
                .contains("  " + Shop.image(Shop.NEW))
                .last()
                .asString()
                .startsWith("Rolled back: revision 1 runs again, after ");
        assertThat(shop.served()).isEqualTo(Shop.image(Shop.OLD));
        assertThat(Shop.completed(shop.service())).isTrue();
        assertThat(records).singleElement().satisfies(one -> {
            assertThat(one.outcome()).isEqualTo(Outcome.ROLLED_BACK);
            assertThat(one.taskDefinition()).endsWith("/orders:1");
            assertThat(toldAt)
                    .as("a second passes before it is asked again")
                    .singleElement(InstanceOfAssertFactories.DURATION)
                    .isGreaterThanOrEqualTo(Duration.ofMillis(Math.round(one.seconds() * 1000) + 1000));
        });
    }

    @Test
    void versionThatDoesNotStaysWhereNothingIsToBeRolledBack() {
        Problem first = catchThrowableOfType(Problem.class, () -> redeploy(Shop.NEW, "Welcome", false));
        assertThat(first.evidence()).last().isEqualTo("The service is left as it is (ecs.rollback=false).");
        assertThat(shop.served()).isEqualTo(Shop.image(Shop.NEW));

        // The same build once more has nothing to roll out, and must not be green for that.
        Problem again = catchThrowableOfType(Problem.class, () -> redeploy(Shop.NEW, "Welcome", true));
        assertThat(again.evidence())
                .last()
                .isEqualTo("This build has changed nothing at the service, so nothing was rolled back.");
        assertThat(records).extracting(Rollout::outcome).containsExactly(Outcome.FAILED, Outcome.UNCHANGED);
    }

    private void redeploy(Digest digest, String text, boolean rollback) {
        SmokeRequest smoke = new SmokeRequest(
                List.of("/"),
                200,
                Optional.of(text),
                Optional.empty(),
                Map.of(),
                new SmokeRequest.Patience(1, Duration.ofSeconds(5), Duration.ofSeconds(20)),
                SmokeRequest.BrowserUse.FALSE);
        RolloutRequest request = Shop.rollingBack(rollback, shop.request(Shop.image(digest), digest));
        new RedeployServices(
                        Shop.apis(shop.clients, shop.ecs()),
                        name -> heard,
                        name -> Optional.of(new Asked(smoke)),
                        shop.clock,
                        shop.sleeper)
                .begin(List.of(request), new RedeployServices.Ends() {
                    @Override
                    public void good(Rollout rollout) {
                        records.add(rollout);
                    }

                    @Override
                    public void bad(Rollout rollout, Problem problem) {
                        records.add(rollout);
                    }
                })
                .follow();
    }

    private final class Asked implements ServiceCheck {
        private final SmokeRequest smoke;

        Asked(SmokeRequest smoke) {
            this.smoke = smoke;
        }

        @Override
        public String words() {
            return smoke.words();
        }

        @Override
        public void require(Optional<String> url) {
            assertThat(url).isPresent();
        }

        @Override
        public Optional<Problem> run(Rollout rollout) throws InterruptedException {
            return AskUrls.over(smoke, Map.of(), SILENT, shop.clock, shop.sleeper)
                    .run(smoke, rollout.url())
                    .map(fault -> Problem.ofProject(fault.what(), fault.evidence(), "look at it."));
        }
    }
}
