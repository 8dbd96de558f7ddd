package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.aws.AwsSettings;
import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.Builds;
import io.github.ecsmaven.report.History;
import io.github.ecsmaven.report.HistoryStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketHistoryTest {
    private final S3Server server = new S3Server(7);
    private final Map<String, byte[]> objects = server.make("builds");
    private final AwsClients aws = new AwsClients(
            new AwsSettings(
                    Optional.of("eu-west-1"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(server.endpoint()),
                    Optional.of(new AwsSettings.FixedCredentials("sandbox", "sandbox"))),
            Map.of());
    private final List<String> warnings = new ArrayList<>();

    @AfterEach
    void stop() {
        aws.close();
        server.close();
    }

    @Test
    void putLeavesOneObjectForEachBuildBelowTheProject() {
        history("s3://builds/team").put(Builds.sample());

        assertThat(objects).containsOnlyKeys("team/shop.shop/20261126T145303Z-3f9c2a.json");
        assertThat(history("s3://builds/team/").latest(9)).containsExactly(Builds.sample());
    }

    @Test
    void latestReadsOverThePagesAndPassesOverWhatIsCorrupt() {
        History history = history("s3://builds");
        IntStream.range(10, 40)
                .forEach(second ->
                        history.put(Builds.numbered("20261126T1453" + second + "Z-3f9c2a", String.valueOf(second))));
        objects.put("shop.shop/20261126T145345Z-3f9c2a.json", "{\"schema".getBytes(StandardCharsets.UTF_8));
        objects.put("shop.other/20261126T145350Z-3f9c2a.json", "{}".getBytes(StandardCharsets.UTF_8));

        assertThat(history.latest(2)).extracting(BuildRecord::number).containsExactly("38", "39");
        assertThat(history.latest(99)).hasSize(30);
        assertThat(warnings).allMatch(text -> text.contains("20261126T145345Z-3f9c2a.json"));
    }

    @Test
    void deleteTakesManyAtOnce() throws IOException {
        HistoryStore store = options("s3://builds", false).store(aws, "shop:shop", warnings::add);
        store.put("a.json", new byte[] {1});
        store.put("b.json", new byte[] {2});

        store.delete(List.of("a.json"));

        assertThat(store.names()).containsExactly("b.json");
        assertThat(store.get("a.json")).isEmpty();
        assertThat(store.get("b.json"))
                .hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(2));
    }

    @Test
    void bucketThatDoesNotExistIsNamedWithItsRemedy() {
        assertThatThrownBy(() -> history("s3://bilds/team").put(Builds.sample()))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.text())
                        .contains("The bucket 'bilds'", "Next: create it", "ecs.history"));
    }

    @Test
    void permissionThatIsMissingIsNamed() {
        server.deny();

        assertThatThrownBy(() -> history("s3://builds").put(Builds.sample()))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.text()).contains("s3:PutObject", "s3://builds/"));
        assertThatThrownBy(() -> history("s3://builds").latest(1))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.text())
                        .contains("Could not list", "s3://builds/"));
    }

    @Test
    void placeThatIsNoneIsRefused() {
        assertThatThrownBy(() -> history("s3:/builds"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.text()).contains("'s3:/builds'", "ecs.history"));
    }

    @Test
    void withTheSandboxNoBucketIsCalled() {
        HistoryStore store = options("s3://builds", true).store(aws, "shop:shop", warnings::add);

        assertThat(store.place()).startsWith(System.getProperty("user.home"));
        assertThat(warnings).singleElement().asString().contains("ecs.sandbox", "Next: ");
    }

    @ParameterizedTest
    @CsvSource({"https://s3.example.com, false", ", false", "http://127.0.0.1:4747, true"})
    void offlineABucketIsCalledOnThisMachineOnly(String endpoint, boolean called) {
        HistoryStore store = new HistoryOptions(
                        Optional.of("s3://builds"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.ofNullable(endpoint),
                        false,
                        true)
                .store(aws, "shop:shop", warnings::add);

        assertThat(store.place().startsWith("s3:")).isEqualTo(called);
        assertThat(warnings).hasSize(called ? 0 : 1).allMatch(text -> text.contains("(-o)") && text.contains("Next: "));
    }

    private History history(String place) {
        return new History(
                options(place, false).store(aws, "shop:shop", warnings::add), Clock.systemUTC(), warnings::add);
    }

    private static HistoryOptions options(String place, boolean sandbox) {
        return new HistoryOptions(
                Optional.of(place),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                sandbox,
                false);
    }
}
