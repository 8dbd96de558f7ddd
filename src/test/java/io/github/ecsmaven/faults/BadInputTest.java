package io.github.ecsmaven.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.ecr.CheckRepository;
import io.github.ecsmaven.ecr.ScanGate;
import io.github.ecsmaven.ecr.Severity;
import io.github.ecsmaven.ecs.CheckService;
import io.github.ecsmaven.ecs.RolloutRequest;
import io.github.ecsmaven.ecs.definition.ProjectFile;
import io.github.ecsmaven.ecs.definition.Wanted;
import io.github.ecsmaven.sandbox.LocalAws;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials that do no longer, and names that are not there: all is refused before anything changes. */
class BadInputTest {
    @TempDir
    static Path folder;

    private static Shop shop;
    private String before = "";

    @BeforeAll
    static void open() throws Exception {
        shop = new Shop(folder, true);
        shop.clients.ecr().createRepository(r -> r.repositoryName("orders-worker"));
    }

    @AfterAll
    static void close() throws IOException {
        shop.close();
    }

    @BeforeEach
    void look() {
        before = shop.state();
    }

    @AfterEach
    void nothingChanged() {
        shop.aws.mend();
        assertThat(shop.state()).isEqualTo(before);
        assertThat(shop.served()).isEqualTo(Shop.image(Shop.OLD));
        shop.customerIsServed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"preflight", "push", "redeploy", "who"})
    void callWhenTheCredentialsAreExpiredSaysSo(String goal) {
        shop.aws.order(Shop.EXPIRED);
        Problem problem = catchThrowableOfType(Problem.class, () -> {
            switch (goal) {
                case "preflight" -> shop.preflight();
                case "push" -> shop.push();
                case "who" -> shop.clients.callerIdentity();
                default -> shop.redeploy(Shop.NEW);
            }
        });
        assertThat(problem.what()).startsWith("Could not ").endsWith(": the AWS session has expired.");
        assertThat(problem.evidence()).singleElement().satisfies(line -> assertThat(line)
                .matches("ExpiredToken(Exception)?: The security token included in the request is expired"));
        assertThat(problem.next())
                .isEqualTo("get new credentials right before the deploy, or let the role's session last longer.");
    }

    @Test
    void callWhenTheRoleMayNotBeAssumedNamesTheStatementToAdd() {
        shop.aws.order("{'fault': 'deny', 'action': 'sts:AssumeRole'}");
        String role = "arn:aws:iam::" + LocalAws.ACCOUNT + ":role/deploy";
        // The first place where the SDK's chain looks.
        System.setProperty("aws.accessKeyId", LocalAws.ACCOUNT);
        System.setProperty("aws.secretAccessKey", "any");
        try (AwsClients roles = shop.aws.assuming(role)) {
            Problem problem = catchThrowableOfType(
                    Problem.class, () -> shop.redeploy(roles, shop.request(Shop.image(Shop.NEW), Shop.NEW)));
            assertThat(problem.what())
                    .isEqualTo("Could not assume the role '" + role
                            + "' (ecs.roleArn): the permission sts:AssumeRole is missing.");
            assertThat(problem.text())
                    .contains(
                            "Statement: {\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\"", role, "trust policy");
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "task-definition.json | {\"family\": \"orders\",\\n  \"cpu\": 256,,\\n} | not valid JSON | line 2, column 14",
                "task-definition.yaml | family: orders\\n\\tcpu: 256                     | not valid YAML | line 2, column 1",
            })
    void redeployWhenTheTaskDefinitionCanNotBeReadNamesLineAndColumn(
            String name, String text, String what, String place) {
        Wanted broken = new Wanted(
                Optional.of(new ProjectFile(name, text.replace("\\n", "\n").replace("\\t", "\t"), Map.of())),
                Wanted.NOTHING.changes(),
                Optional.empty(),
                Wanted.CodeDeploy.USUAL);
        RolloutRequest request = shop.request(Shop.image(Shop.NEW), Shop.NEW);
        List<Problem> said = List.of(
                catchThrowableOfType(Problem.class, () -> new CheckService(Shop.apis(shop.clients, shop.ecs()))
                        .run("uat", "orders", Optional.empty(), "registry.test/orders", broken, Optional.empty())),
                catchThrowableOfType(Problem.class, () -> shop.redeploy(shop.clients, Shop.wanting(broken, request))));
        assertThat(said).allSatisfy(problem -> {
            assertThat(problem.what()).startsWith(name + " is " + what + ": ");
            assertThat(problem.evidence()).contains(name + ", " + place);
        });
    }

    @Test
    void redeployInAWrongRegionNamesTheRegion() {
        try (AwsClients elsewhere = shop.aws.clients(LocalAws.ACCOUNT, "eu-central-1")) {
            Problem problem = check(elsewhere, "uat", "orders", Optional.empty());
            assertThat(problem.text()).isEqualTo("""
                    There is no ECS cluster 'uat' in this account in eu-central-1.
                    Next: correct ecs.cluster, or ecs.region and ecs.profile if it is elsewhere.""");
        }
    }

    @Test
    void redeployInAWrongAccountFindsNothingOfOurs() {
        try (AwsClients elsewhere = shop.aws.clients("210987654321", LocalAws.REGION)) {
            assertThat(check(elsewhere, "uat", "orders", Optional.empty()).what())
                    .startsWith("There is no ECS cluster 'uat' in this account in eu-west-1");
            assertThat(catchThrowableOfType(Problem.class, () -> new CheckRepository(elsewhere.ecr())
                                    .run("orders", false, false))
                            .what())
                    .isEqualTo("The ECR repository 'orders' does not exist in eu-west-1.");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "uta | orders |     | There is no ECS cluster 'uta' in this account in eu-west-1.    | Near: uat",
                "uat | order  |     | There is no ECS service 'order' in cluster 'uat' in eu-west-1. | Near: orders",
                "uat | orders | web | The task definition 'orders' has no container 'web'.           | app",
            })
    void redeployWhenANameIsMissingOffersTheNearest(
            String cluster, String service, String container, String what, String evidence) {
        Problem problem = check(shop.clients, cluster, service, Optional.ofNullable(container));
        assertThat(problem.what()).isEqualTo(what);
        assertThat(problem.text()).contains(evidence);
    }

    /** Where what is missing is made, only what is there is looked at. */
    @ParameterizedTest
    @CsvSource({"uat, orders, true", "uat, order, false", "uta, orders, false"})
    void lookBeforeThePushKnowsWhetherTheServiceIsThere(String cluster, String service, boolean there) {
        CheckService check = new CheckService(Shop.apis(shop.clients, shop.ecs()));
        assertThat(check.isThere(cluster, service)).isEqualTo(there);
    }

    @Test
    void pushWhenTheRepositoryIsMissingOffersTheNearest() {
        Problem problem = catchThrowableOfType(
                Problem.class, () -> new CheckRepository(shop.clients.ecr()).run("order", false, false));
        assertThat(problem.text()).isEqualTo("""
                The ECR repository 'order' does not exist in eu-west-1.
                  There is orders, orders-worker.
                Next: correct ecs.repository, or ecs.region and ecs.profile if it is elsewhere; -Decs.createRepository creates it here.""");
    }

    @Test
    void pushWhenScansMayNotBeReadIsRefusedBeforeTheBuild() {
        assertThat(new CheckRepository(shop.clients.ecr()).run("orders", false, true))
                .endsWith("/orders");
        shop.aws.order("{'fault': 'deny', 'action': 'ecr:DescribeImageScanFindings'}");
        Problem problem = catchThrowableOfType(
                Problem.class, () -> new CheckRepository(shop.clients.ecr()).run("orders", false, true));
        assertThat(problem.what())
                .isEqualTo("Could not read scans of the ECR repository 'orders' (ecs.scan.failOn): the permission"
                        + " ecr:DescribeImageScanFindings is missing.");
        assertThat(problem.text()).contains("Statement: {\"Effect\": \"Allow\"");
    }

    @Test
    void pushElsewhereWhenAScanIsAskedForIsRefusedBeforeTheBuild() {
        ScanGate gate = new ScanGate(Severity.CRITICAL, Duration.ofMinutes(5), ScanGate.Unsupported.FAIL);
        assertThat(catchThrowableOfType(
                                Problem.class,
                                () -> CheckRepository.requireUnscanned("ghcr.io/shop/orders", Optional.of(gate)))
                        .what())
                .isEqualTo("The image ghcr.io/shop/orders can't be scanned, and ecs.scan.failOn asks for it; no tag was"
                        + " moved.");
        CheckRepository.requireUnscanned("ghcr.io/shop/orders", Optional.empty());
    }

    @Test
    void redeployWhenTheServiceIsDeletedSaysThatItIsInactive() throws Exception {
        String definition = shop.service().taskDefinition();
        shop.ecs()
                .createService(s ->
                        s.cluster("uat").serviceName("gone").desiredCount(0).taskDefinition(definition));
        shop.ecs().deleteService(d -> d.cluster("uat").service("gone").force(true));
        Shop.await(() -> shop.ecs()
                .describeServices(d -> d.cluster("uat").services("gone"))
                .services()
                .get(0)
                .status()
                .equals("INACTIVE"));
        assertThat(check(shop.clients, "uat", "gone", Optional.empty()).text()).isEqualTo("""
                        The service 'gone' in cluster 'uat' is INACTIVE, not ACTIVE.
                        Next: create the service again, or correct ecs.service.""");
    }

    private static Problem check(AwsClients as, String cluster, String service, Optional<String> container) {
        return catchThrowableOfType(Problem.class, () -> new CheckService(Shop.apis(as, as.ecs()))
                .run(cluster, service, container, "registry.test/orders", Wanted.NOTHING, Optional.empty()));
    }
}
