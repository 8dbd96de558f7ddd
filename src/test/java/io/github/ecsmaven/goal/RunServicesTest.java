package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.VirtualClock;
import io.github.ecsmaven.container.Keeper;
import io.github.ecsmaven.container.ServicesRequest;
import io.github.ecsmaven.container.ServicesRequest.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Over a channel that plays the keeper's part. */
class RunServicesTest {
    private static final String THERE = "{\"ok\":{\"id\":\"sha256:1\",\"size\":1,\"diffIds\":[]}}";
    private static final String ABSENT = "{\"ok\":{}}";
    private static final String DONE = ABSENT;
    private static final String RUNNING = """
            {"ok":{"group":"g","services":[
              {"name":"db","image":"postgres:16",
               "container":{"id":"1","host":"127.0.0.1","port":32768,"ready":"port 5432 accepts connections","millis":2100}},
              {"name":"job","image":"shop/job:1",
               "container":{"id":"2","host":"127.0.0.1","port":0,"ready":"it runs, nothing was asked","millis":400}}]}}""";

    private final ConsoleTest.Lines log = new ConsoleTest.Lines();
    private final VirtualClock clock = new VirtualClock(Instant.EPOCH);
    private final Deque<String> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private final Properties properties = new Properties();

    @Test
    void runTellsEachServiceAndLeavesItsAddress() {
        answers.addAll(List.of(THERE, THERE, RUNNING));

        assertThat(services().run(request(), what -> {}, properties).group()).isEqualTo("g");

        assertThat(log.lines)
                .containsExactly(
                        "Service db ready at 127.0.0.1:32768 (postgres:16, port 5432 accepts connections)  2.1 s",
                        "Service job ready (shop/job:1, it runs, nothing was asked)  0.4 s");
        assertThat(properties)
                .isEqualTo(Map.of(
                        "ecs.services.db.url", "http://127.0.0.1:32768",
                        "ecs.services.db.host", "127.0.0.1",
                        "ecs.services.db.port", "32768"));
    }

    @Test
    void runPullsWhatIsMissingAndShowsHowFarItIs() {
        answers.addAll(List.of(
                ABSENT,
                THERE,
                DONE,
                "{\"ok\":{\"over\":false,\"done\":12000000,\"total\":150000000}}",
                "{\"ok\":{\"over\":true,\"done\":150000000,\"total\":150000000}}",
                RUNNING));
        List<String> asked = new ArrayList<>();

        services().run(request(), asked::add, properties);

        assertThat(asked).containsExactly("pulling postgres:16");
        assertThat(requests.get(3)).contains("\"pull\"").contains("postgres:16").doesNotContain("shop/job");
        assertThat(log.lines)
                .startsWith("  Pulling postgres:16 12 MB of 150 MB…", "  Pulling postgres:16 150 MB of 150 MB…")
                .contains("Pulled postgres:16  22 s");
    }

    @Test
    void runWhenPullingIsRefusedStartsNothing() {
        answers.addAll(List.of(ABSENT, ABSENT, DONE));

        assertThatThrownBy(() -> services()
                        .run(
                                request(),
                                what -> {
                                    throw Problem.ofProject(what, "go online.");
                                },
                                properties))
                .hasMessage("pulling postgres:16, shop/job:1");
        assertThat(requests).hasSize(3);
    }

    private RunServices services() {
        Keeper keeper = new Keeper(request -> {
            requests.add(request);
            // As if each answer took eleven seconds.
            clock.moveOn(Duration.ofSeconds(11));
            return answers.remove();
        });
        return new RunServices(keeper, log, ProgressLine.inLog(clock, log::info), clock);
    }

    private static ServicesRequest request() {
        return new ServicesRequest(
                "shop:orders",
                "1",
                Optional.empty(),
                Duration.ofSeconds(60),
                List.of(service("db", "postgres:16"), service("job", "shop/job:1")));
    }

    private static Service service(String name, String image) {
        return new Service(
                name, image, Optional.empty(), Optional.empty(), Map.of(), List.of(), Path.of(name + ".log"));
    }
}
