package io.github.ecsmaven.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.EcsException;

class DescribeTogetherTest {
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

    private final DescribeTogether together = new DescribeTogether();
    private final ExecutorService answering = Executors.newCachedThreadPool();
    private FakeEcs ecs;

    @BeforeEach
    void start() throws IOException {
        ecs = new FakeEcs(answering);
        ecs.on("DescribeServices", DescribeTogetherTest::described);
    }

    private static String described(JsonNode asked) {
        return "{\"services\":["
                + names(asked).stream()
                        .filter(name -> !name.equals("gone"))
                        .map(name -> "{\"serviceName\":\"" + name + "\",\"status\":\"ACTIVE\"}")
                        .collect(Collectors.joining(","))
                + "],\"failures\":[]}";
    }

    @AfterEach
    void stop() {
        ecs.close();
        answering.shutdownNow();
    }

    @Test
    void lookAsksForTenAtOnceAndOnceABeat() {
        List<String> services = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            services.add("service-" + i);
            together.join("uat", "service-" + i);
        }
        services.forEach(name -> assertThat(look("uat", name, NOW)).isEqualTo(name));
        assertThat(ecs.calls("DescribeServices")).hasSize(2).allSatisfy(call -> assertThat(names(call))
                .hasSize(10));

        services.forEach(name -> look("uat", name, NOW.plusMillis(1400)));
        assertThat(ecs.calls("DescribeServices")).hasSize(4);
    }

    @Test
    void lookGivesAnAnswerOnceAndNoneThatIsOld() {
        together.join("uat", "orders");
        together.join("uat", "billing");
        look("uat", "orders", NOW);
        look("uat", "orders", NOW.plusMillis(10));
        assertThat(ecs.calls("DescribeServices")).as("the same again").hasSize(2);
        look("uat", "billing", NOW.plusMillis(900));
        assertThat(ecs.calls("DescribeServices")).as("what is old").hasSize(3);
    }

    @Test
    void lookDoesNotMixClustersNorAskForWhoHasLeft() {
        together.join("uat", "orders");
        together.join("prod", "orders");
        together.join("uat", "billing");
        together.leave("uat", "billing");
        look("uat", "orders", NOW);
        assertThat(names(ecs.calls("DescribeServices").get(0))).containsExactly("orders");
        look("prod", "orders", NOW);
        assertThat(ecs.calls("DescribeServices")).hasSize(2);
    }

    @Test
    void lookKnowsWhichOneIsMissing() {
        together.join("uat", "orders");
        together.join("uat", "gone");
        assertThat(look("uat", "orders", NOW)).isEqualTo("orders");
        assertThat(together.look(ecs.client(), "uat", "gone", NOW)).isEmpty();
        assertThat(ecs.calls("DescribeServices")).hasSize(1);
    }

    @Test
    void lookWhenAwsRefusesTellsAllThatWaited() {
        together.join("uat", "orders");
        together.join("uat", "billing");
        ecs.on("DescribeServices", "!ThrottlingException: Rate exceeded");
        assertThatThrownBy(() -> look("uat", "orders", NOW)).isInstanceOf(EcsException.class);
        assertThatThrownBy(() -> look("uat", "billing", NOW)).isInstanceOf(EcsException.class);
        assertThat(ecs.calls("DescribeServices")).hasSize(1);
    }

    /** As when AWS throttles: the SDK tries again within the call. */
    @Test
    void lookThatLastsKeepsNobodyElseWaitingAndIsSharedByWhoseServicesItAsksFor() throws Exception {
        together.join("uat", "orders");
        together.join("uat", "billing");
        together.join("prod", "mail");
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        ecs.on("DescribeServices", asked -> {
            if (asked.at("/cluster").asText().equals("uat")) {
                begun.countDown();
                awaited(end);
            }
            return described(asked);
        });
        FutureTask<String> first = new FutureTask<>(() -> look("uat", "orders", NOW));
        new Thread(first, "orders").start();
        awaited(begun);
        FutureTask<String> waiting = new FutureTask<>(() -> look("uat", "billing", NOW.plusSeconds(2)));
        Thread billing = new Thread(waiting, "billing");
        billing.start();

        assertThat(look("prod", "mail", NOW.plusSeconds(2))).isEqualTo("mail");
        together.join("uat", "late");
        while (billing.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        end.countDown();

        assertThat(first.get()).isEqualTo("orders");
        assertThat(waiting.get()).isEqualTo("billing");
        assertThat(ecs.calls("DescribeServices").stream()
                        .map(call -> call.at("/cluster").asText()))
                .containsExactly("uat", "prod");
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void untilNextKeepsOneBeat() {
        together.join("uat", "orders");
        together.join("uat", "billing");
        look("uat", "orders", NOW);
        assertThat(together.untilNext(NOW, Duration.ofMillis(1400))).hasMillis(1400);
        assertThat(together.untilNext(NOW.plusMillis(50), Duration.ofMillis(1350)))
                .hasMillis(1350);
        look("uat", "billing", NOW.plusMillis(1400));
        assertThat(together.untilNext(NOW.plusMillis(1500), Duration.ofMillis(1350)))
                .as("from look to look")
                .hasMillis(1250);
        look("uat", "orders", NOW.plusMillis(2750));
        assertThat(together.untilNext(NOW.plusMillis(5000), Duration.ofMillis(1350)))
                .as("a look that took long")
                .isZero();
        assertThat(together.untilNext(NOW.plusMillis(5000), Duration.ofMillis(1350)))
                .as("a beat in which nobody looked")
                .hasMillis(1350);
    }

    private String look(String cluster, String service, Instant now) {
        return together.look(ecs.client(), cluster, service, now).orElseThrow().serviceName();
    }

    private static List<String> names(JsonNode asked) {
        List<String> names = new ArrayList<>();
        asked.at("/services").forEach(name -> names.add(name.asText()));
        return names;
    }
}
