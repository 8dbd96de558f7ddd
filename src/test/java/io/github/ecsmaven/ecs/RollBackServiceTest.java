package io.github.ecsmaven.ecs;

import static io.github.ecsmaven.ecs.Orders.DIGEST;
import static io.github.ecsmaven.ecs.Orders.FAMILY;
import static io.github.ecsmaven.ecs.Orders.T0;
import static io.github.ecsmaven.ecs.Orders.deployment;
import static io.github.ecsmaven.ecs.Orders.deployments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.definition.Wanted;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service runs revision 17; 16 failed, 15 was good. */
class RollBackServiceTest {
    private Orders orders;

    @BeforeEach
    void start() throws IOException {
        orders = new Orders();
        orders.ecs
                .on("ListServiceDeployments", "{\"serviceDeployments\":[" + entry(1, 15) + "," + entry(3, 17) + "]}")
                .on(
                        "DescribeServiceRevisions",
                        "{\"serviceRevisions\":[" + revision(17, "") + "," + revision(15, DIGEST.value()) + "]}")
                .on("ListTaskDefinitions", "{\"taskDefinitionArns\":[\"" + FAMILY + "17\",\"" + FAMILY + "16\"]}");
    }

    @AfterEach
    void stop() {
        orders.close();
    }

    @Test
    void runWhenNothingIsNamedGoesBackToTheLastThatCompletedNotToTheRevisionBefore() throws InterruptedException {
        backAfter(3);
        assertThat(run(Optional.empty())).startsWith("Rolled back: revision 15 runs again, after ");
        assertThat(orders.told.planned)
                .containsExactly("Rollback of orders in uat: revision 17 -> 15 (the last that completed)");
        assertThat(orders.told.states).isNotEmpty();
        assertThat(orders.ecs.calls("UpdateService")).singleElement().satisfies(call -> assertThat(
                        call.at("/taskDefinition").asText())
                .isEqualTo(FAMILY + 15));
    }

    @Test
    void runWhenARevisionIsNamedGoesBackToIt() throws InterruptedException {
        orders.ecs.on(
                "DescribeTaskDefinition",
                request -> "{\"taskDefinition\":{\"status\":\"ACTIVE\",\"taskDefinitionArn\":\""
                        + FAMILY.replaceFirst("orders:$", "")
                        + request.at("/taskDefinition").asText() + "\"}}");
        backAfter(1);
        assertThat(run(Optional.of("12"))).startsWith("Rolled back: revision 12 runs again");
    }

    @Test
    void runWhenADigestIsNamedFindsTheRevisionThatRanIt() throws InterruptedException {
        backAfter(1);
        assertThat(run(Optional.of(DIGEST.value()))).startsWith("Rolled back: revision 15 runs again");
    }

    @Test
    void runWhenTheDigestIsUnknownNamesTheNewestRevisions() {
        Problem problem = catchThrowableOfType(Problem.class, () -> run(Optional.of("sha256:ffff")));
        assertThat(problem.text()).isEqualTo("""
                        No revision of 'orders' is known to run sha256:ffff.
                          Newest revisions: orders:17, orders:16
                        Next: name the revision to go back to, such as -Decs.to=16.""");
    }

    @Test
    void runWhenTheRevisionDoesNotExistSaysSo() {
        orders.ecs.on("DescribeTaskDefinition", "!ClientException: Unable to describe task definition.");
        Problem problem = catchThrowableOfType(Problem.class, () -> run(Optional.of("99")));
        assertThat(problem.text())
                .startsWith("Could not go back to 'orders:99': there is no such task definition.")
                .contains("Newest revisions: orders:17, orders:16");
        assertThat(orders.ecs.calls("UpdateService")).isEmpty();
    }

    @Test
    void runWhenTheRevisionWasDeregisteredSaysSo() {
        orders.ecs.on(
                "DescribeTaskDefinition",
                "{\"taskDefinition\":{\"status\":\"INACTIVE\",\"taskDefinitionArn\":\"" + FAMILY + "12\"}}");
        Problem problem = catchThrowableOfType(Problem.class, () -> run(Optional.of("12")));
        assertThat(problem.what())
                .isEqualTo("The revision 'orders:12' was deregistered: no service can go back to it.");
    }

    @Test
    void runWhenNothingEarlierIsKnownAsksForARevision() {
        orders.ecs.on("ListServiceDeployments", "!AccessDeniedException: User: u is not authorized");
        Problem problem = catchThrowableOfType(Problem.class, () -> run(Optional.empty()));
        assertThat(problem.what())
                .isEqualTo("No deployment of 'orders' with another task definition is known to have completed.");
        assertThat(problem.evidence()).containsExactly("Newest revisions: orders:17, orders:16");
        assertThat(problem.next()).isEqualTo("name the revision to go back to, such as -Decs.to=16.");
    }

    @Test
    void runWhenItRunsThatAlreadyChangesNothing() throws InterruptedException {
        assertThat(run(Optional.of("17"))).isEqualTo("orders in uat already runs revision 17: nothing to do.");
        assertThat(orders.ecs.calls("UpdateService")).isEmpty();
    }

    @Test
    void runWhenTheRollbackFailsExplainsItAsARollback() {
        orders.breaker = false;
        orders.crashing = true;
        orders.then(second -> deployments(
                deployment("new1", "PRIMARY", 15, "IN_PROGRESS", 0), deployment("old", "ACTIVE", 17, "COMPLETED", 2)));
        Problem problem = catchThrowableOfType(Problem.class, () -> run(Optional.empty()));
        assertThat(problem.text())
                .startsWith(
                        "The rollback of orders in uat to revision 15 goes nowhere: the new tasks start and end again.\n")
                .contains("3 of 3 tasks of revision 15 stopped", "Revision 17 still serves");
    }

    private void backAfter(int seconds) {
        orders.then(second -> {
            int to = Integer.parseInt(orders.ecs
                    .calls("UpdateService")
                    .get(0)
                    .at("/taskDefinition")
                    .asText()
                    .substring(FAMILY.length()));
            return second < seconds
                    ? deployments(
                            deployment("new1", "PRIMARY", to, "IN_PROGRESS", 0),
                            deployment("old", "ACTIVE", 17, "COMPLETED", 2))
                    : deployments(deployment("new1", "PRIMARY", to, "COMPLETED", 2));
        });
    }

    private String run(Optional<String> to) throws InterruptedException {
        return new RollBackService(orders.ecs.apis(), orders.told, orders.time, orders.time::moveOn)
                .run(
                        new RollBackRequest(
                                "uat", "orders", to, true, Duration.ofSeconds(30), false, Wanted.CodeDeploy.USUAL),
                        any -> {});
    }

    private static String entry(int at, int revision) {
        return "{\"serviceDeploymentArn\":\"d" + at + "\",\"createdAt\":" + (T0 - 1000 + at)
                + ",\"targetServiceRevisionArn\":\"r" + revision + "\",\"status\":\"SUCCESSFUL\"}";
    }

    private static String revision(int revision, String digest) {
        return "{\"serviceRevisionArn\":\"r" + revision + "\",\"taskDefinition\":\"" + FAMILY + revision
                + "\",\"containerImages\":[{\"containerName\":\"app\",\"imageDigest\":\"" + digest + "\"}]}";
    }
}
