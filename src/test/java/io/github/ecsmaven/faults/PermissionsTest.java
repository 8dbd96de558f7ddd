package io.github.ecsmaven.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Digest;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecr.PushedImage;
import io.github.ecsmaven.ecs.CheckService;
import io.github.ecsmaven.ecs.RollBackRequest;
import io.github.ecsmaven.ecs.RollBackService;
import io.github.ecsmaven.ecs.Rollout;
import io.github.ecsmaven.ecs.definition.Wanted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/** The policy of README against what a deploy does: no action is missing in it, and each missing one is named. */
class PermissionsTest {
    @TempDir
    static Path folder;

    private static Shop shop;
    private static int images;

    @BeforeAll
    static void open() throws Exception {
        shop = new Shop(folder, true);
    }

    @AfterAll
    static void close() throws IOException {
        shop.close();
    }

    @BeforeEach
    void listen() {
        shop.heard = new Heard();
    }

    @AfterEach
    void mend() {
        shop.aws.mend();
        shop.customerIsServed();
    }

    static Set<String> mandatory() throws IOException {
        return Readme.mandatory();
    }

    @Test
    void pageOnPermissionsSaysTheSameAsReadme() throws IOException {
        assertThat(Readme.page("Mandatory")).isEqualTo(Readme.mandatory());
        assertThat(Readme.page("Optional")).isEqualTo(Readme.optional());
    }

    private static String deny(Stream<String> actions) {
        return actions.map(action -> "{'fault': 'deny', 'action': '" + action + "'}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @ParameterizedTest
    @MethodSource("mandatory")
    void deployWhenAMandatoryPermissionIsMissingNamesTheStatementAndTheOldVersionServes(String action) {
        String before = shop.state();
        String served = shop.served();
        shop.aws.order(deny(Stream.of(action)));

        Problem problem = catchThrowableOfType(Problem.class, () -> shop.deploy());

        shop.aws.mend();
        assertThat(problem.text())
                .contains("\n  Statement: {\"Effect\": \"Allow\", \"Action\": ")
                .contains('"' + action + '"');
        assertThat(problem.next()).contains(action);
        assertThat(shop.state()).isEqualTo(before);
        assertThat(shop.served()).isEqualTo(served);
    }

    /** The others are not asked for in a short rollout that goes well. */
    @ParameterizedTest
    @ValueSource(strings = {"ecs:ListServiceDeployments", "ecs:DescribeServiceRevisions"})
    void deployWhenAnOptionalPermissionIsMissingGoesThroughWithOneNotice(String action) {
        shop.aws.order(deny(Stream.of(action)));

        Rollout rollout = shop.redeploy(another());

        assertThat(rollout.outcome()).isEqualTo(Rollout.Outcome.COMPLETED);
        assertThat(shop.heard.warnings).singleElement().satisfies(said -> assertThat(said)
                .contains(action));
    }

    @Test
    void deployWhenAllOptionalPermissionsAreMissingGoesThroughWithoutAProof() throws IOException {
        shop.aws.order(deny(Readme.optional().stream()));

        Rollout rollout = shop.redeploy(another());

        assertThat(rollout.outcome()).isEqualTo(Rollout.Outcome.COMPLETED);
        assertThat(shop.heard.warnings)
                .satisfiesExactly(
                        history -> assertThat(history)
                                .contains("ecs:ListServiceDeployments and ecs:DescribeServiceRevisions"),
                        tasks -> assertThat(tasks).contains("ecs:ListTasks and ecs:DescribeTasks"),
                        proof -> assertThat(proof).contains("could not be proved"));
    }

    @ParameterizedTest
    @MethodSource("explaining")
    void failureWhenAnOptionalPermissionIsMissingIsToldWithOneNotice(String action) {
        // Only where no circuit breaker rolls back the plugin does.
        shop.breaker(!action.equals("ecs:StopServiceDeployment"));
        Digest bad = another();
        shop.crashes(bad);
        String served = shop.served();
        shop.aws.order(deny(Stream.of(action)));

        Problem problem = shop.failure(bad);

        assertThat(shop.heard.warnings)
                .singleElement()
                .satisfies(said -> assertThat(said).contains(action).contains("(AccessDenied"));
        assertThat(problem.text()).containsAnyOf("ECS rolled orders in uat back", "Rolled back: revision ");
        assertThat(shop.served()).isEqualTo(served);
    }

    /** Those that are asked for when a rollout fails. */
    static Set<String> explaining() throws IOException {
        Set<String> actions = Readme.optional();
        actions.removeAll(Set.of("ecs:ListClusters", "ecs:ListServices"));
        return actions;
    }

    private static Digest another() {
        return Shop.digest(String.format("%02x", 0x40 + images++));
    }

    @ParameterizedTest
    @CsvSource({"ecs:ListClusters, uta, orders", "ecs:ListServices, uat, order"})
    void missingNameWhenNamesMayNotBeListedIsSaidWithoutThem(String action, String cluster, String service) {
        shop.aws.order(deny(Stream.of(action)));
        Problem problem = catchThrowableOfType(Problem.class, () -> new CheckService(
                        Shop.apis(shop.clients, shop.ecs()))
                .run(cluster, service, Optional.empty(), "registry.test/orders", Wanted.NOTHING, Optional.empty()));
        assertThat(problem.what()).startsWith("There is no ECS ");
        assertThat(problem.evidence()).isEmpty();
    }

    @Test
    void pushAsksForTheRepositoryOnce() throws Exception {
        shop.aws.order("{'fault': 'latency', 'action': 'DescribeRepositories', 'millis': 1, 'count': 9}");
        shop.push();
        assertThat(shop.aws.ordered()).contains("\"count\":8");
    }

    @Test
    void pushWhenEcrAsksToCallLessOftenGoesOn() throws Exception {
        shop.aws.order("{'fault': 'throttle', 'action': 'ecr:PutImage', 'count': 2}");
        PushedImage pushed = shop.push();
        assertThat(shop.aws.ordered()).as("both refusals have been met").doesNotContain("throttle");
        assertThat(pushed.pinned()).contains(pushed.digest().value());
    }

    @Test
    void nothingIsMissedWhenAllThatThePolicyDoesNotNameIsDenied() throws Exception {
        shop.breaker(false);
        shop.aws.order(deny(everythingElse()));

        Rollout rollout = shop.deploy();
        Digest bad = another();
        shop.crashes(bad);
        Problem problem = shop.failure(bad);

        assertThat(rollout.outcome()).isEqualTo(Rollout.Outcome.COMPLETED);
        assertThat(problem.text()).contains("Rolled back: revision ");
        assertThat(shop.heard.warnings).isEmpty();
        assertThat(shop.heard.details).noneMatch(text -> text.contains("AccessDenied"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"the last", "revision", "digest"})
    void rollbackNeedsNoMoreThanItsPageNames(String to) throws Exception {
        Digest good = another();
        shop.redeploy(good);
        String revision = shop.service().taskDefinition();
        shop.redeploy(another());
        shop.aws.order(deny(everythingBut(Readme.rollback())));
        Optional<String> asked =
                switch (to) {
                    case "revision" -> Optional.of(revision);
                    case "digest" -> Optional.of(good.value());
                    default -> Optional.empty();
                };
        List<Rollout> records = new ArrayList<>();

        String said = new RollBackService(Shop.apis(shop.clients, shop.ecs()), shop.heard, shop.clock, shop.sleeper)
                .run(
                        new RollBackRequest("uat", "orders", asked, true, shop.timeout, false, Wanted.CodeDeploy.USUAL),
                        records::add);

        assertThat(said).startsWith("Rolled back: revision ");
        assertThat(records).extracting(Rollout::digest).containsExactly(good);
        assertThat(shop.served()).isEqualTo(Shop.image(good));
    }

    private static Stream<String> everythingElse() throws IOException {
        return everythingBut(Readme.policy());
    }

    /** All actions of the services that the policy speaks of, but for these. */
    private static Stream<String> everythingBut(Set<String> allowed) {
        return Stream.of(
                        actions("ecs", EcsClient.class),
                        actions("ecr", EcrClient.class),
                        actions("logs", CloudWatchLogsClient.class),
                        actions("elasticloadbalancing", ElasticLoadBalancingV2Client.class))
                .flatMap(Function.identity())
                .filter(action -> !allowed.contains(action));
    }

    private static Stream<String> actions(String service, Class<?> client) {
        return Stream.of(client.getMethods())
                .filter(method -> method.getReturnType().getSimpleName().endsWith("Response"))
                .map(method -> method.getReturnType().getSimpleName().replaceFirst("Response$", ""))
                .distinct()
                .map(action -> service + ":" + action);
    }
}
