package io.github.ecsmaven.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.Sleeper;
import io.github.ecsmaven.ecs.Rollout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.EcsClient;

/** AWS that does not answer, or not as it should, while a rollout is watched. */
class WatchFaultsTest {
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'fault': 'cut', 'action': 'ecs:*'} | Could not look at service 'orders': the connection was cut.",
                "{'fault': 'error', 'action': 'ecs:*'} | Could not look at service 'orders': AWS has a fault",
                "{'fault': 'throttle', 'action': 'ecs:*'} | Could not look at service 'orders': AWS asks to call less often.",
            },
            quoteCharacter = '`')
    void rolloutWhenAwsIsAwayForHalfAMinuteGoesOnAndSaysSoOnce(String fault, String said) throws Exception {
        shop.timeout = Duration.ofMinutes(10);
        shop.full();
        shop.hurry();
        awayFor(Duration.ofSeconds(30), fault);

        try (EcsClient impatient = shop.aws.impatient()) {
            Rollout rollout = shop.redeploy(impatient, shop.request(Shop.image(Shop.NEW), Shop.NEW));

            assertThat(rollout.outcome()).isEqualTo(Rollout.Outcome.COMPLETED);
            assertThat(rollout.seconds()).isGreaterThan(30);
        }
        assertThat(shop.heard.events)
                .filteredOn(event -> event.startsWith("Could not look"))
                .singleElement()
                .satisfies(event -> assertThat(event).startsWith(said).endsWith(" ECS goes on; looking again."));
        assertThat(shop.heard.events).containsOnlyOnce("AWS answers again.");
        assertThat(shop.heard.warnings).isEmpty();
        assertThat(shop.served()).isEqualTo(Shop.image(Shop.NEW));
    }

    /** The tasks find their place while nobody can look. */
    private void awayFor(Duration time, String fault) {
        Sleeper plain = shop.sleeper;
        Instant begin = shop.clock.instant();
        boolean[] state = {false, false};
        shop.sleeper = pause -> {
            if (!state[0]) {
                state[0] = true;
                shop.aws.mend();
                shop.aws.order(fault);
            } else if (!state[1]
                    && Duration.between(begin, shop.clock.instant()).compareTo(time) > 0) {
                state[1] = true;
                shop.aws.mend();
            }
            plain.sleep(pause);
        };
    }

    @Test
    void rolloutWhenTwoOfThreeCallsAreThrottledToItsEndIsProved() {
        shop.timeout = Duration.ofMinutes(10);
        shop.hurry();
        Sleeper plain = shop.sleeper;
        int[] looks = {0};
        shop.sleeper = pause -> {
            if (looks[0]++ % 3 == 2) {
                shop.aws.mend();
            } else {
                shop.aws.order("{'fault': 'throttle', 'action': 'ecs:*'}");
            }
            plain.sleep(pause);
        };
        try (EcsClient impatient = shop.aws.impatient()) {
            Rollout rollout = shop.redeploy(impatient, shop.request(Shop.image(Shop.NEW), Shop.NEW));
            assertThat(rollout.outcome()).isEqualTo(Rollout.Outcome.COMPLETED);
        }
        shop.aws.mend();
        assertThat(shop.served()).isEqualTo(Shop.image(Shop.NEW));
    }

    /** Who is only asked to call less often is patient for as long as for the rollout itself, and then says that it knows nothing. */
    @Test
    void rolloutWhenItIsThrottledToItsTimeoutIsLostAndTheOldVersionServes() throws Exception {
        shop.timeout = Duration.ofMinutes(10);
        shop.full();
        shop.hurry(1_000);
        Instant begin = shop.clock.instant();
        shop.meanwhile(() -> shop.aws.order("{'fault': 'throttle', 'action': 'ecs:*'}"));

        Problem problem;
        try (EcsClient impatient = shop.aws.impatient()) {
            problem = catchThrowableOfType(
                    Problem.class, () -> shop.redeploy(impatient, shop.request(Shop.image(Shop.NEW), Shop.NEW)));
        }

        assertThat(problem.text()).isEqualTo("""
                Could not watch the rollout of service 'orders': AWS asks to call less often.
                  ThrottlingException: Rate exceeded
                  ECS goes on with the rollout (%s).
                Next: run it again in a minute; other builds use the same account.""".formatted(problem.text().replaceAll("(?s).*(ecs-svc/\\d+).*", "$1")));
        assertThat(Duration.between(begin, shop.clock.instant())).isGreaterThan(shop.timeout);
        assertThat(shop.heard.events)
                .containsOnlyOnce(
                        "Could not look at service 'orders': AWS asks to call less often. ECS goes on; looking again.");
        assertThat(shop.served()).isEqualTo(Shop.image(Shop.OLD));
        shop.customerIsServed();

        shop.aws.mend();
        Shop.await(() -> Shop.completed(shop.service()));
        assertThat(shop.served()).isEqualTo(Shop.image(Shop.NEW));
    }

    @Test
    void rolloutWhenTheCredentialsExpireOnTheWayIsLostAndEcsGoesOn() throws Exception {
        shop.full();
        shop.meanwhile(() -> {
            shop.aws.mend();
            shop.aws.order(Shop.EXPIRED);
        });

        Problem problem = catchThrowableOfType(Problem.class, () -> shop.redeploy(Shop.NEW));

        assertThat(problem.text()).isEqualTo("""
                Could not watch the rollout of service 'orders': the AWS session has expired.
                  ExpiredTokenException: The security token included in the request is expired
                  ECS goes on with the rollout (%s).
                Next: get new credentials right before the deploy, or let the role's session last longer.""".formatted(problem.text().replaceAll("(?s).*(ecs-svc/\\d+).*", "$1")));
        shop.aws.mend();
        Shop.await(() -> Shop.completed(shop.service()));
        assertThat(shop.served()).isEqualTo(Shop.image(Shop.NEW));
    }
}
