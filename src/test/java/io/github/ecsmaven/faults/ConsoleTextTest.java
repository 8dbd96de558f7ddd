package io.github.ecsmaven.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.RollBackRequest;
import io.github.ecsmaven.ecs.RollBackService;
import io.github.ecsmaven.ecs.Rollout;
import io.github.ecsmaven.ecs.RolloutLog;
import io.github.ecsmaven.ecs.definition.Wanted;
import io.github.ecsmaven.goal.ConsoleLines;
import io.github.ecsmaven.sandbox.engine.ScriptedEngine.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What an on-call engineer reads of a rollout, as a whole: the lines of the log without those that count tasks, and the error. Ids
 * and times are taken out.
 */
class ConsoleTextTest {
    @TempDir
    Path folder;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final ConsoleLines console = new ConsoleLines(lines);
    private final RolloutLog log = console.rollout("orders");
    private Shop shop;

    @BeforeEach
    void open() throws Exception {
        shop = new Shop(folder, true);
        shop.log = Optional.of(log);
    }

    @AfterEach
    void close() throws IOException {
        shop.close();
    }

    @Test
    void success() {
        Rollout rollout = shop.redeploy(Shop.NEW);
        console.ended(log, rollout);
        assertThat(log()).isEqualTo("""
                Rollout of orders in uat: revision 1 -> 2 (image only)
                  orders N s  completed, running sha256:020202020202  http://127.0.0.1:PORT
                """);
    }

    @Test
    void crash() {
        shop.crashes(Shop.NEW);
        assertThat(error()).isEqualTo("""
                ECS rolled orders in uat back to revision 1: the new tasks start and end again.
                  Deployment ecs-svc/ID, begun at TIME, ended after N.
                  Service deployment rolled back because the circuit breaker threshold was exceeded.
                  N of N tasks of revision 2 stopped: Essential container in task exited, exit code 3.
                  Last lines of container 'app' of task ID:
                    java.lang.IllegalStateException: DB_URL is not set
                    	at shop.Orders.main(Orders.java:21)
                  ECS's circuit breaker fired: 3 failed tasks, its limit is 3.
                  Revision 1 still serves (3 of 3 tasks running).
                  The image was pushed and stays: sha256:020202020202
                  http://127.0.0.1:PORT/#uat/orders
                Next: read the last lines of the container's log; of several 'Caused by' the last one is the cause. Then deploy again.""");
        assertThat(log()).startsWith("Rollout of orders in uat: revision 1 -> 2 (image only)\n");
    }

    @Test
    void crashWithoutACircuitBreaker() {
        shop.breaker(false);
        shop.crashes(Shop.NEW);
        assertThat(error()).isEqualTo("""
                The rollout of orders in uat to revision 2 goes nowhere: the new tasks start and end again.
                  Deployment ecs-svc/ID, begun at TIME, ended after N.
                  N of N tasks of revision 2 stopped: Essential container in task exited, exit code 3.
                  Last lines of container 'app' of task ID:
                    java.lang.IllegalStateException: DB_URL is not set
                    	at shop.Orders.main(Orders.java:21)
                  Revision 1 still serves (3 of 3 tasks running).
                  Rolled back: revision 1 runs again.
                  The image was pushed and stays: sha256:020202020202
                  http://127.0.0.1:PORT/#uat/orders
                Next: read the last lines of the container's log; of several 'Caused by' the last one is the cause. Then deploy again.""");
        assertThat(log())
                .contains("  orders N s  N tasks of revision 2 stopped: Essential container in task exited.\n")
                .contains("\nRolling orders in uat back to revision 1\n");
    }

    /** Somebody has to act, which is more urgent than why the new version failed. */
    @Test
    void crashThatMayNotBeRolledBack() {
        shop.breaker(false);
        shop.crashes(Shop.NEW);
        shop.full();
        shop.meanwhile(() -> {
            shop.aws.mend();
            shop.aws.order("[{'fault': 'deny', 'action': 'ecs:StopServiceDeployment'},"
                    + "{'fault': 'deny', 'action': 'ecs:UpdateService'}]");
        });
        assertThat(error()).isEqualTo("""
                The rollout of orders in uat to revision 2 goes nowhere: the new tasks start and end again.
                  Deployment ecs-svc/ID, begun at TIME, ended after N.
                  N of N tasks of revision 2 stopped: Essential container in task exited, exit code 3.
                  Last lines of container 'app' of task ID:
                    java.lang.IllegalStateException: DB_URL is not set
                    	at shop.Orders.main(Orders.java:21)
                  ECS: service orders was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone.
                  Revision 1 still serves (3 of 3 tasks running).
                  Could not roll service 'orders' back to revision 1: the permission ecs:UpdateService is missing.
                  The image was pushed and stays: sha256:020202020202
                  http://127.0.0.1:PORT/#uat/orders
                Next: act at once, as the service was not brought back: look at its tasks; mvn ecs:rollback -Decs.sandbox -Decs.cluster=uat -Decs.service=orders -Decs.to=orders:1 tries it again. After that: read the last lines of the container's log; of several 'Caused by' the last one is the cause. Then deploy again.""");
    }

    @Test
    void imageThatCanNotBePulled() {
        shop.aws.engine().on(Shop.image(Shop.NEW), Script.NO_IMAGE);
        assertThat(error()).isEqualTo("""
                ECS rolled orders in uat back to revision 1: the image can't be pulled: it is not there.
                  Deployment ecs-svc/ID, begun at TIME, ended after N.
                  Service deployment rolled back because the circuit breaker threshold was exceeded.
                  N of N tasks of revision 2 stopped: CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref %s: not found.
                  ECS's circuit breaker fired: 3 failed tasks, its limit is 3.
                  Revision 1 still serves (3 of 3 tasks running).
                  The image was pushed and stays: sha256:020202020202
                  http://127.0.0.1:PORT/#uat/orders
                Next: check that the registry of the image is the one that the tasks reach and that no lifecycle rule removed it, then deploy again.""".formatted(Shop.image(Shop.NEW)));
    }

    @Test
    void noCapacity() {
        shop.full();
        shop.hurry();
        shop.timeout = Duration.ofSeconds(60);
        assertThat(error()).isEqualTo("""
                The rollout of orders in uat to revision 2 was not at its end after 60 s: no capacity to place the tasks: Fargate has none in these subnets now.
                  Deployment ecs-svc/ID, begun at TIME, ended after N.
                  Last seen: new 0/3, old 3/3, no capacity for new tasks
                  ECS: service orders was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone.
                  Revision 1 still serves (3 of 3 tasks running).
                  Rolled back: revision 1 runs again.
                  The image was pushed and stays: sha256:020202020202
                  http://127.0.0.1:PORT/#uat/orders
                Next: wait, add subnets in other zones, or mix FARGATE with FARGATE_SPOT.""");
        assertThat(log()).isEqualTo("""
                Rollout of orders in uat: revision 1 -> 2 (image only)
                  orders N s  ECS: service orders was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone.
                Rolling orders in uat back to revision 1
                """);
    }

    @Test
    void unhealthyForTheLoadBalancer() {
        shop.aws.order("{'fault': 'health', 'service': 'orders', 'check': 'elb', 'status': 503}");
        assertThat(error()).isEqualTo("""
                ECS rolled orders in uat back to revision 1: the load balancer's health check gets another status code.
                  Deployment ecs-svc/ID, begun at TIME, ended after N.
                  Service deployment rolled back because the circuit breaker threshold was exceeded.
                  N of N tasks of revision 2 stopped: Task failed ELB health checks in (target-group orders), exit code 143 (ended by SIGTERM).
                  No log of container 'app' of task ID: its log is empty.
                  ECS's circuit breaker fired: 3 failed tasks, its limit is 3.
                  ECS: service orders task ID (instance i-0a1b2c3d4e5f60718) (port PORT) is unhealthy in (target-group orders) due to (reason Health checks failed with these codes: [503])
                  Revision 1 still serves (3 of 3 tasks running).
                  The image was pushed and stays: sha256:020202020202
                  http://127.0.0.1:PORT/#uat/orders
                Next: set the path of the target group's health check to one that is open and answers 200, such as /actuator/health, or widen its matcher.""");
        assertThat(log()).containsOnlyOnce("is unhealthy in (target-group orders)");
    }

    @ParameterizedTest
    @CsvSource({
        "timeout, the load balancer's health check gets no answer in time",
        "refused, the load balancer finds no application on the port"
    })
    void withoutAnAnswerForTheLoadBalancer(String check, String cause) {
        shop.aws.order("{'fault': 'health', 'service': 'orders', 'check': '" + check + "'}");
        assertThat(error())
                .startsWith("ECS rolled orders in uat back to revision 1: " + cause + ".\n")
                .contains("Task failed ELB health checks in (target-group orders), exit code 143 (ended by SIGTERM).");
    }

    @Test
    void unhealthyByTheContainersOwnCheck() {
        shop.aws.order("{'fault': 'health', 'service': 'orders', 'check': 'container'}");
        assertThat(error()).isEqualTo("""
                ECS rolled orders in uat back to revision 1: the container's health check fails.
                  Deployment ecs-svc/ID, begun at TIME, ended after N.
                  Service deployment rolled back because the circuit breaker threshold was exceeded.
                  N of N tasks of revision 2 stopped: Task failed container health checks, exit code 143 (ended by SIGTERM).
                  No log of container 'app' of task ID: its log is empty.
                  ECS's circuit breaker fired: 3 failed tasks, its limit is 3.
                  ECS: service orders task ID failed container health checks.
                  Revision 1 still serves (3 of 3 tasks running).
                  The image was pushed and stays: sha256:020202020202
                  http://127.0.0.1:PORT/#uat/orders
                Next: run the health check's command inside the image (is curl there?); raise startPeriod or retries in the task definition.""");
    }

    @Test
    void superseded() {
        shop.full();
        String other = shop.register(Shop.digest("03"));
        shop.meanwhile(() -> {
            shop.ecs().updateService(u -> u.cluster("uat").service("orders").taskDefinition(other));
            shop.aws.mend();
        });
        assertThat(error()).isEqualTo("""
                Another deployment won: the rollout of orders in uat to revision 3 was superseded.
                  Deployment ecs-svc/ID, begun at TIME, ended after N.
                  Deployment ecs-svc/ID with revision 2 took over.
                  It brings image %s, registered by arn:aws:iam::123456789012:root.
                  The image was pushed and stays: sha256:020202020202
                  http://127.0.0.1:PORT/#uat/orders
                Next: see who deployed at the same time, then deploy again if your version shall run.""".formatted(Shop.image(Shop.digest("03"))));
    }

    @Test
    void stoppedBySomebody() {
        shop.full();
        shop.meanwhile(() -> {
            String current = shop.service().currentServiceDeployment();
            shop.ecs().stopServiceDeployment(s -> s.serviceDeploymentArn(current));
            shop.aws.mend();
        });
        assertThat(error())
                .startsWith("ECS rolled orders in uat back to revision 1: somebody stopped the deployment.\n")
                .contains("\n  Service deployment rolled back because it was stopped.\n")
                .endsWith("\nNext: see who called StopServiceDeployment (CloudTrail keeps it), then deploy again.");
    }

    @Test
    void firstRollout() {
        shop.crashes(Shop.NEW);
        String definition = shop.register(Shop.NEW);
        shop.ecs().createService(s -> s.cluster("uat")
                .serviceName("fresh")
                .taskDefinition(definition)
                .desiredCount(3)
                .deploymentConfiguration(
                        d -> d.deploymentCircuitBreaker(b -> b.enable(true).rollback(true))));
        Problem problem = catchThrowableOfType(
                Problem.class,
                () -> shop.redeploy(shop.clients, shop.request("fresh", Shop.image(Shop.NEW), Shop.NEW)));
        assertThat(plain(problem.text())).isEqualTo("""
                The first rollout of fresh in uat failed: the new tasks start and end again.
                  Deployment ecs-svc/ID, begun at TIME, ended after N.
                  No rollback candidate was found to run the rollback.
                  N of N tasks of revision 2 stopped: Essential container in task exited, exit code 3.
                  Last lines of container 'app' of task ID:
                    java.lang.IllegalStateException: DB_URL is not set
                    	at shop.Orders.main(Orders.java:21)
                  ECS's circuit breaker fired: 3 failed tasks, its limit is 3.
                  The image was pushed and stays: sha256:020202020202
                  http://127.0.0.1:PORT/#uat/fresh
                Next: read the last lines of the container's log; of several 'Caused by' the last one is the cause. Then deploy again.""");
    }

    @Test
    void rollbackByHand() throws Exception {
        shop.redeploy(Shop.NEW);
        lines.clear();
        assertThat(plain(back())).isEqualTo("Rolled back: revision 1 runs again, after N.");
        assertThat(log()).isEqualTo("Rollback of orders in uat: revision 2 -> 1 (the last that completed)\n");
        assertThat(lines).anyMatch(line -> line.matches("  orders +\\d+ s  new \\d/3.*"));
    }

    @Test
    void rollbackByHandThatFails() {
        shop.redeploy(Shop.NEW);
        shop.crashes(Shop.OLD);
        lines.clear();
        Problem problem = catchThrowableOfType(Problem.class, this::back);
        assertThat(plain(problem.text())).isEqualTo("""
                The rollback of orders in uat to revision 1 failed, and ECS took it back to revision 2: the new tasks start and end again.
                  Deployment ecs-svc/ID, begun at TIME, ended after N.
                  Service deployment rolled back because the circuit breaker threshold was exceeded.
                  N of N tasks of revision 1 stopped: Essential container in task exited, exit code 3.
                  Last lines of container 'app' of task ID:
                    java.lang.IllegalStateException: DB_URL is not set
                    	at shop.Orders.main(Orders.java:21)
                  ECS's circuit breaker fired: 3 failed tasks, its limit is 3.
                  Revision 2 still serves (3 of 3 tasks running).
                  http://127.0.0.1:PORT/#uat/orders
                Next: read the last lines of the container's log; of several 'Caused by' the last one is the cause. Then roll back again. With ecs.to it goes to another revision.""");
        assertThat(log()).startsWith("Rollback of orders in uat: revision 2 -> 1 (the last that completed)\n");
    }

    /** What {@code mvn ecs:rollback} says in the end. */
    private String back() throws InterruptedException {
        return new RollBackService(Shop.apis(shop.clients, shop.ecs()), log, shop.clock, shop.sleeper)
                .run(
                        new RollBackRequest(
                                "uat",
                                "orders",
                                Optional.empty(),
                                true,
                                Duration.ofSeconds(20),
                                false,
                                Wanted.CodeDeploy.USUAL),
                        record -> {});
    }

    private String error() {
        return plain(shop.failure(Shop.NEW).text());
    }

    private String log() {
        return lines.stream()
                .filter(line -> !line.matches("  orders +\\d+ s  new \\d.*"))
                .map(line -> plain(line) + "\n")
                .collect(Collectors.joining());
    }

    private static String plain(String text) {
        return text.replaceAll("ecs-svc/\\d+", "ecs-svc/ID")
                .replaceAll("\\d+ (of \\d+ )?tasks of revision", "N $1tasks of revision")
                .replaceAll("N of \\d+ tasks", "N of N tasks")
                .replaceAll("begun at [0-9:]+ UTC", "begun at TIME")
                .replaceAll("(ended after|again, after) \\d[0-9. mins]*s", "$1 N")
                // Of tasks that stopped at once it isn't said.
                .replaceAll(" stopped within \\d[0-9. mins]*s", " stopped")
                .replaceAll("task [0-9a-f]{12,32}", "task ID")
                .replaceAll("port \\d+", "port PORT")
                .replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT")
                .replaceAll("(?m)^  orders +\\d+ s ", "  orders N s ");
    }
}
