package io.github.ecsmaven.report.page;

import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.BuildRecord.Failure;
import io.github.ecsmaven.report.BuildRecord.Image;
import io.github.ecsmaven.report.BuildRecord.Link;
import io.github.ecsmaven.report.BuildRecord.Module;
import io.github.ecsmaven.report.BuildRecord.Outcome;
import io.github.ecsmaven.report.BuildRecord.Person;
import io.github.ecsmaven.report.BuildRecord.Service;
import io.github.ecsmaven.report.BuildRecord.Source;
import io.github.ecsmaven.report.BuildRecord.Stage;
import io.github.ecsmaven.report.BuildRecord.StageError;
import io.github.ecsmaven.report.BuildRecord.Status;
import io.github.ecsmaven.report.BuildRecord.Tests;
import io.github.ecsmaven.report.BuildRecord.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Builds of a project as a team makes them, the same in each run. */
public final class SampleBuilds {
    /** Of a build that deploys. */
    static final List<String> STAGES = List.of(
            "checkout",
            "preflight",
            "compile",
            "unit tests",
            "package",
            "image",
            "container start",
            "integration tests",
            "push",
            "rollout");

    private static final double[] SECONDS = {6, 1.4, 11, 24, 2.2, 3.1, 4.6, 38, 5.2, 74};
    private static final List<String> MESSAGES = List.of(
            "Orders are totalled in cents",
            "Refuse an order without lines, with the field that is missing",
            "Raise the pool to 20 connections",
            "The health check asks the database",
            "Bump spring-boot from 3.5.4 to 3.5.5",
            "Currency of an order is part of its key; old orders keep EUR as they were read until now",
            "Fix typo in the mail of confirmation");
    private static final List<String> PEOPLE = List.of("Ada Example", "Grace Muster", "Linus Beispiel", "Mary Ejemplo");

    private final Random random = new Random(7);

    /** So many builds, about six a working day, the last of them failed in its rollout. */
    public static List<BuildRecord> of(int count) {
        SampleBuilds samples = new SampleBuilds();
        Instant first = Instant.parse("2026-11-26T14:53:03Z").minus(Duration.ofMinutes(240L * (count - 1)));
        return IntStream.range(0, count)
                .mapToObj(i -> samples.next(
                        i, first.plus(Duration.ofMinutes(240L * i)), i == count - 1 ? "rollout" : failing(i)))
                .toList();
    }

    /**
     * @return where the build ends; empty for one that succeeds, {@code !} before one that is interrupted; {@code rollback} is
     *     one by hand, and nothing else
     */
    private static String failing(int i) {
        return switch (i % 17) {
            case 4 -> "unit tests";
            case 5 -> "compile";
            case 7 -> "other goals";
            case 10 -> "rollback";
            case 9 -> "!container start";
            case 12 -> "integration tests";
            case 15 -> "rollout";
            default -> "";
        };
    }

    /** A build of one module that fails in that stage. */
    static BuildRecord failingIn(String stage) {
        return new SampleBuilds().next(0, Instant.parse("2026-11-26T14:53:03Z"), stage);
    }

    private BuildRecord next(int i, Instant started, String end) {
        boolean interrupted = end.startsWith("!");
        String last = interrupted ? end.substring(1) : end;
        List<Stage> stages = new ArrayList<>();
        boolean ended = false;
        double total = 0;
        for (int s = 0; s < STAGES.size(); s++) {
            String stage = STAGES.get(s);
            boolean before = stage.equals("checkout");
            double seconds = before
                    ? SECONDS[s] + i % 3
                    : ended
                            ? 0
                            : SECONDS[s]
                                    * (0.8
                                            + 0.4 * random.nextDouble()
                                            + (stage.equals("integration tests") ? i * 0.01 : 0));
            boolean ends = stage.equals(last);
            Status status =
                    ended ? Status.NOT_RUN : !ends ? Status.DONE : interrupted ? Status.INTERRUPTED : Status.FAILED;
            stages.add(new Stage(
                    stage,
                    status,
                    ended
                            ? Optional.empty()
                            : Optional.of(started.plusMillis(Math.round((before ? -seconds : total) * 1000))
                                    .toString()),
                    Math.round(seconds * 100) / 100.0,
                    ends && !interrupted ? Optional.of(error(stage)) : Optional.empty(),
                    ended ? Optional.empty() : tests(stage, ends)));
            ended |= ends;
            // The build's own time begins with Maven.
            total += before ? 0 : seconds;
        }
        if (last.equals("rollback")) {
            return build(i, started, 21.3, Outcome.SUCCESS, module(List.of(only("rollback", 21.3, started)), last, i));
        }
        if (last.equals("other goals")) {
            return build(i, started, 9.1, Outcome.FAILED, module(withoutTheRest(stages, started), last, i));
        }
        Outcome outcome = !ended ? Outcome.SUCCESS : interrupted ? Outcome.INTERRUPTED : Outcome.FAILED;
        return build(i, started, total, outcome, module(stages, last, i));
    }

    private static Stage only(String stage, double seconds, Instant started) {
        return new Stage(
                stage, Status.DONE, Optional.of(started.toString()), seconds, Optional.empty(), Optional.empty());
    }

    /** A check of the style said no after the preflight. */
    private static List<Stage> withoutTheRest(List<Stage> stages, Instant started) {
        List<Stage> all = new ArrayList<>(stages.subList(0, 2));
        stages.subList(2, stages.size())
                .forEach(stage -> all.add(new Stage(
                        stage.stage(), Status.NOT_RUN, Optional.empty(), 0, Optional.empty(), Optional.empty())));
        all.add(new Stage(
                "other goals",
                Status.FAILED,
                Optional.of(started.plusSeconds(2).toString()),
                7.4,
                Optional.of(error("other goals")),
                Optional.empty()));
        return all;
    }

    private BuildRecord build(int i, Instant started, double total, Outcome outcome, Module module) {
        String hash = String.format(Locale.ROOT, "%040x", 0x3f9c2aL * (i + 7919) * 104729)
                .replace("0000000", "a9f3c71");
        Source source = new Source(
                Optional.of(i % 6 == 3 ? "feature/currency-of-an-order" : "main"),
                Optional.of(new StringBuilder(hash).reverse().toString()),
                Optional.of(new Person(PEOPLE.get(i % 4), Optional.of("team@example.com"))),
                Optional.of(MESSAGES.get(i % MESSAGES.size())),
                Optional.of(started.minusSeconds(60L * (5 + random.nextInt(50))).toString()));
        Trigger trigger = new Trigger(
                Optional.of("GitLab"),
                Optional.of("71625544" + i),
                Optional.of("https://gitlab.example.com/shop/orders/-/pipelines/71625544" + i),
                Optional.of("ada"),
                Optional.of("push"));
        return new BuildRecord(
                BuildRecord.SCHEMA,
                started.toString().replaceAll("[-:]", "") + "-" + i,
                String.valueOf(185 + i),
                "shop:orders",
                "1.4.0-SNAPSHOT",
                "Orders",
                outcome,
                started.toString(),
                started.plusMillis(Math.round(total * 1000)).toString(),
                Math.round(total * 100) / 100.0,
                Optional.of(source),
                trigger,
                List.of(module));
    }

    private static Module module(List<Stage> stages, String last, int i) {
        boolean image =
                List.of("", "rollout", "rollback", "push", "integration tests").contains(last);
        String outcome = last.equals("rollout") ? "ROLLED_BACK" : "COMPLETED";
        Service service = new Service(
                "uat",
                "orders",
                "ecs-svc/48223100912" + i,
                outcome,
                71.2,
                Optional.of("http://orders.uat.example.com"),
                List.of(new Link("console", "https://eu-west-1.console.aws.amazon.com/ecs/v2/clusters/uat")));
        return new Module(
                "orders",
                stages,
                image
                        ? Optional.of(new Image(
                                Optional.of("123456789012.dkr.ecr.eu-west-1.amazonaws.com"),
                                Optional.of("shop/orders"),
                                "sha256:" + "3f9c01ab7d2e4c55".repeat(4),
                                List.of("1.4.0-SNAPSHOT", "git-0a1b2c3d4e5f")))
                        : Optional.empty(),
                List.of("", "rollout", "rollback").contains(last) ? List.of(service) : List.of());
    }

    private static Optional<Tests> tests(String stage, boolean failed) {
        if (!stage.endsWith("tests")) {
            return Optional.empty();
        }
        List<Failure> failures = failed
                ? List.of(
                        new Failure(
                                "shop.orders.OrderTotalTest.totalOfTwoLines",
                                "expected: 1998 but was: 1997",
                                Optional.of("src/test/java/shop/orders/OrderTotalTest.java"),
                                Optional.of(41)),
                        new Failure(
                                "shop.orders.OrderTotalTest.totalWithDiscount",
                                "java.lang.ArithmeticException: Rounding necessary",
                                Optional.of("src/test/java/shop/orders/OrderTotalTest.java"),
                                Optional.of(58)))
                : List.of();
        return Optional.of(new Tests(stage.startsWith("unit") ? 412 : 36, failures.size(), 0, 2, failures));
    }

    private static StageError error(String stage) {
        return switch (stage) {
            case "compile" ->
                new StageError(
                        "Compilation failure",
                        List.of(
                                "src/main/java/shop/orders/Currency.java:[23,31] cannot find symbol",
                                "  symbol:   method minorUnits()",
                                "  location: class java.util.Currency"),
                        Optional.empty());
            case "other goals" ->
                new StageError(
                        "You have 1 Checkstyle violation.",
                        List.of(
                                "src/main/java/shop/orders/Currency.java:23: Line is longer than 100 characters (found 131)."),
                        Optional.empty());
            case "rollout" ->
                new StageError(
                        "ECS rolled orders in uat back to revision 17: the new tasks do not start.",
                        List.of(
                                "3 of 3 tasks of revision 18 stopped within 9 s: Essential container in task exited, exit code 1.",
                                "Last lines of task 7c1e4b:",
                                "  2026-11-26T14:54:40.101Z  INFO Starting OrdersApplication using Java 17.0.15",
                                "  2026-11-26T14:54:41.930Z ERROR Application run failed",
                                "  java.lang.IllegalStateException: DB_URL is not set",
                                "      at shop.orders.OrdersApplication.main(OrdersApplication.java:21)",
                                "Revision 17 still serves (2 of 2 tasks healthy). The image was pushed and stays: sha256:3f9c…"),
                        Optional.of(
                                "add DB_URL to the container 'orders' (ecs.taskDefinition.environment.DB_URL), then deploy again."));
            default -> new StageError("There are test failures.", List.of(), Optional.empty());
        };
    }
}
