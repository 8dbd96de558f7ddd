package io.github.ecsmaven.ecs;

import static io.github.ecsmaven.ecs.Orders.DIGEST;
import static io.github.ecsmaven.ecs.Orders.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.Rollout.Outcome;
import io.github.ecsmaven.ecs.RolloutRequest.Mode;
import io.github.ecsmaven.ecs.definition.Wanted;
import io.github.ecsmaven.ecs.verdict.WaitFor;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several services of one project at a scripted ECS that knows each by its name. */
class RedeployServicesTest {
    private final Set<String> updated = ConcurrentHashMap.newKeySet();
    private final Set<String> watched = ConcurrentHashMap.newKeySet();
    private final List<String> missing = new ArrayList<>();
    private final List<String> superseded = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private final List<String> begun = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private FakeEcs ecs;

    @BeforeEach
    void start() throws IOException {
        ecs = new FakeEcs();
        ecs.on("DescribeServices", asked -> described(asked.at("/services")))
                .on("DescribeTaskDefinition", this::definition)
                .on(
                        "RegisterTaskDefinition",
                        asked -> "{\"taskDefinition\":{\"taskDefinitionArn\":\""
                                + arn(asked.at("/family").asText(), 2) + "\"}}")
                .on("UpdateService", asked -> {
                    updated.add(asked.at("/service").asText());
                    return "{\"service\":" + service(asked.at("/service").asText(), "IN_PROGRESS") + "}";
                })
                .on("ListServices", "{\"serviceArns\":[]}")
                .on("ListServiceDeployments", "{\"serviceDeployments\":[]}")
                .on(
                        "ListTasks",
                        asked -> "{\"taskArns\":["
                                + (asked.at("/desiredStatus").asText().equals("STOPPED")
                                        ? ""
                                        : "\"t/" + asked.at("/serviceName").asText() + "\"")
                                + "]}")
                .on("DescribeTasks", asked -> task(asked.at("/tasks/0").asText().substring(2)));
    }

    @AfterEach
    void stop() {
        ecs.close();
    }

    /** None ends before all are watched: one after the other they would never end. */
    @Test
    void runUpdatesEachOnceAndWatchesThemTogether() {
        run("orders", "billing", "mail");
        assertThat(begun)
                .containsExactly("orders ecs-svc/ordersnew", "billing ecs-svc/billingnew", "mail ecs-svc/mailnew");
        assertThat(ended).containsExactlyInAnyOrder("orders COMPLETED", "billing COMPLETED", "mail COMPLETED");
        assertThat(ecs.calls("UpdateService").stream()
                        .map(call -> call.at("/service").asText()))
                .containsExactly("orders", "billing", "mail");
    }

    @Test
    void runWhenOneFailsTheOthersComeToTheirEnd() {
        superseded.add("orders");
        Problem problem = catchThrowableOfType(Problem.class, () -> run("orders", "billing"));
        assertThat(problem.what()).contains("orders");
        assertThat(problem.evidence()).last().isEqualTo("The other service 'billing' completed on revision 2.");
        assertThat(ended).containsExactlyInAnyOrder("orders FAILED", "billing COMPLETED");
    }

    @Test
    void runWhenTwoFailTellsBoth() {
        superseded.addAll(List.of("orders", "mail"));
        Problem problem = catchThrowableOfType(Problem.class, () -> run("orders", "billing", "mail"));
        assertThat(problem.text().replaceAll("at [0-9:]+ UTC, ended after \\S+ s", "at TIME, ended after N"))
                .isEqualTo("""
                        2 of 3 services failed: orders, mail.
                          orders: Another deployment won: the rollout of orders in uat to revision 2 was superseded.
                            Deployment ecs-svc/ordersnew, begun at TIME, ended after N.
                            Deployment ecs-svc/ordersother with revision 3 took over.
                            It brings image registry/orders:1.
                            The image was pushed and stays: %1$s
                            https://eu-west-1.console.aws.amazon.com/ecs/v2/clusters/uat/services/orders/deployments?region=eu-west-1
                          mail: Another deployment won: the rollout of mail in uat to revision 2 was superseded.
                            Deployment ecs-svc/mailnew, begun at TIME, ended after N.
                            Deployment ecs-svc/mailother with revision 3 took over.
                            It brings image registry/orders:1.
                            The image was pushed and stays: %1$s
                            https://eu-west-1.console.aws.amazon.com/ecs/v2/clusters/uat/services/mail/deployments?region=eu-west-1
                          The other service 'billing' completed on revision 2.
                        Next: see who deployed at the same time, then deploy again if your version shall run.""".formatted(DIGEST.shortText()));
        assertThat(ended).contains("billing COMPLETED");
    }

    /** It is told with its stack trace, and the others with it. */
    @Test
    void runWhenAWatchBreaksTheOthersComeToTheirEndAndAreTold() {
        superseded.add("orders");
        broken.add("mail");
        Problem problem = catchThrowableOfType(Problem.class, () -> run("orders", "billing", "mail"));
        assertThat(ended).containsExactlyInAnyOrder("orders FAILED", "billing COMPLETED", "mail FAILED");
        assertThat(problem.what()).isEqualTo("2 of 3 services failed: orders, mail.");
        assertThat(problem.blame()).isEqualTo(Problem.Blame.MACHINE);
        assertThat(problem.evidence())
                .containsSequence(
                        "mail: The plugin broke while it watched the rollout of mail in uat: java.lang.IllegalStateException: no screen",
                        "  ECS goes on with the rollout (ecs-svc/mailnew).",
                        "  Next: run with -e for the stack trace, and report it.",
                        "The other service 'billing' completed on revision 2.");
        assertThat(problem.getSuppressed()).singleElement().satisfies(mail -> assertThat(mail)
                .hasRootCauseMessage("no screen"));
    }

    @Test
    void runWhenNamesAreWrongChangesNothingAndTellsAll() {
        missing.addAll(List.of("ordes", "male"));
        Problem problem = catchThrowableOfType(Problem.class, () -> run("ordes", "billing", "male"));
        assertThat(problem.what()).isEqualTo("2 of 3 services failed: ordes, male.");
        assertThat(problem.evidence()).last().isEqualTo("The other service 'billing' was not changed.");
        assertThat(ecs.calls("UpdateService")).isEmpty();
        assertThat(ecs.calls("RegisterTaskDefinition")).isEmpty();
    }

    private void run(String... services) {
        List<RolloutRequest> requests = Stream.of(services)
                .map(service -> new RolloutRequest(
                        "uat",
                        service,
                        IMAGE,
                        DIGEST,
                        Set.of(),
                        Optional.empty(),
                        Mode.revision,
                        true,
                        WaitFor.complete,
                        Duration.ofSeconds(30),
                        true,
                        false,
                        Optional.empty(),
                        Wanted.NOTHING))
                .toList();
        Map<String, Told> told = new ConcurrentHashMap<>();
        RedeployServices.Ends ends = new RedeployServices.Ends() {
            @Override
            public void begun(Rollout rollout) {
                assertThat(rollout.outcome()).isEqualTo(Outcome.STARTED);
                begun.add(rollout.service() + " " + rollout.deploymentId());
            }

            @Override
            public void good(Rollout rollout) {
                ended.add(rollout.service() + " " + rollout.outcome());
            }

            @Override
            public void bad(Rollout rollout, Problem problem) {
                assertThat(rollout.outcome()).isEqualTo(Outcome.FAILED);
                ended.add(rollout.service() + " " + rollout.outcome());
            }
        };
        new RedeployServices(
                        ecs.apis(),
                        service -> told.computeIfAbsent(service, this::log),
                        Clock.systemUTC(),
                        pause -> Thread.sleep(5))
                .begin(requests, ends)
                .follow();
    }

    private Told log(String service) {
        return new Told() {
            @Override
            public void state(Duration elapsed, String state) {
                if (broken.contains(service)) {
                    throw new IllegalStateException("no screen");
                }
                super.state(elapsed, state);
            }
        };
    }

    private String described(JsonNode asked) {
        List<String> found = new ArrayList<>();
        asked.forEach(name -> found.add(name.asText()));
        found.removeAll(missing);
        return "{\"services\":["
                + found.stream().map(this::described).collect(Collectors.joining(","))
                + "],\"failures\":[]}";
    }

    private String described(String service) {
        if (updated.contains(service)) {
            watched.add(service);
        }
        boolean all = !updated.isEmpty() && watched.size() == updated.size();
        return service(service, all ? "COMPLETED" : "IN_PROGRESS");
    }

    private String service(String name, String state) {
        boolean fresh = updated.contains(name);
        boolean beaten = fresh && superseded.contains(name) && watched.contains(name) && state.equals("COMPLETED");
        String deployment =
                fresh && !beaten ? deployment(name, "new", 2, state) : deployment(name, "old", 1, "COMPLETED");
        return "{\"serviceName\":\"" + name + "\",\"clusterArn\":\"c/uat\",\"status\":\"ACTIVE\",\"desiredCount\":1,"
                + "\"runningCount\":1,\"taskDefinition\":\"" + arn(name, fresh ? 2 : 1) + "\",\"deployments\":["
                + (beaten ? deployment(name, "other", 3, "COMPLETED") : deployment) + "]}";
    }

    private static String deployment(String name, String id, int revision, String state) {
        return "{\"id\":\"ecs-svc/" + name + id + "\",\"status\":\"PRIMARY\",\"taskDefinition\":\""
                + arn(name, revision)
                + "\",\"desiredCount\":1,\"runningCount\":1,\"pendingCount\":0,\"createdAt\":"
                + (1_767_261_600L + revision)
                + ",\"rolloutState\":\"" + state + "\"}";
    }

    private String definition(JsonNode asked) {
        String name =
                asked.at("/taskDefinition").asText().replaceFirst(".*/", "").replaceFirst(":.*", "");
        return "{\"taskDefinition\":{\"taskDefinitionArn\":\"" + arn(name, 1) + "\",\"family\":\"" + name
                + "\",\"containerDefinitions\":[{\"name\":\"app\",\"image\":\"registry/orders:1\"}]}}";
    }

    private static String task(String service) {
        return "{\"tasks\":[{\"taskArn\":\"t/" + service + "\",\"startedBy\":\"ecs-svc/" + service
                + "new\",\"lastStatus\":\"RUNNING\",\"desiredStatus\":\"RUNNING\",\"containers\":[{\"name\":\"app\","
                + "\"imageDigest\":\"" + DIGEST + "\"}]}]}";
    }

    private static String arn(String family, int revision) {
        return "arn:aws:ecs:eu-west-1:123456789012:task-definition/" + family + ":" + revision;
    }
}
