package io.github.ecsmaven.notify;

import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.BuildRecord.Module;
import io.github.ecsmaven.report.BuildRecord.Outcome;
import io.github.ecsmaven.report.BuildRecord.Service;
import io.github.ecsmaven.report.BuildRecord.Source;
import io.github.ecsmaven.report.BuildRecord.Stage;
import io.github.ecsmaven.report.BuildRecord.StageError;
import io.github.ecsmaven.report.BuildRecord.Status;
import io.github.ecsmaven.report.Builds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds to tell of. */
final class Samples {
    private Samples() {}

    /** Failed in the integration tests of one of three modules. */
    static Notice failed() {
        return Notice.of(Event.FAILURE, Builds.sample());
    }

    static Notice rolledBack() {
        StageError error = new StageError(
                "ECS rolled orders in uat back to revision 17: the new tasks do not start.",
                List.of(
                        "3 of 3 tasks of revision 18 stopped within 9 s: Essential container in task exited, exit code 1.",
                        "Last lines of task 7c1e4b:",
                        "  java.lang.IllegalStateException: DB_URL is not set",
                        "      at shop.orders.OrdersApplication.main(OrdersApplication.java:21)",
                        "Revision 17 still serves (2 of 2 tasks healthy)."),
                Optional.of(
                        "add DB_URL to the container 'orders' (ecs.taskDefinition.environment.DB_URL), then deploy again."));
        return Notice.of(Event.ROLLBACK, deploy(Outcome.FAILED, "ROLLED_BACK", Optional.of(error)));
    }

    static Notice deployed() {
        return Notice.of(Event.DEPLOYMENT, deploy(Outcome.SUCCESS, "COMPLETED", Optional.empty()));
    }

    /** The sample with all stages, of which the rollout fails when there is an error. */
    private static BuildRecord deploy(Outcome outcome, String rollout, Optional<StageError> error) {
        BuildRecord sample = Builds.sample();
        Module orders = sample.modules().get(1);
        List<Stage> stages = new ArrayList<>();
        orders.stages()
                .forEach(stage -> stages.add(
                        stage.stage().equals("rollout") && error.isPresent()
                                ? new Stage(
                                        "rollout",
                                        Status.FAILED,
                                        stage.started(),
                                        stage.seconds(),
                                        error,
                                        Optional.empty())
                                : stage));
        Service service = orders.services().get(0);
        Service ended = new Service(
                service.cluster(),
                service.service(),
                service.deploymentId(),
                rollout,
                service.seconds(),
                service.url(),
                service.links());
        return with(sample, outcome, List.of(new Module("shop-orders", stages, orders.image(), List.of(ended))));
    }

    static BuildRecord with(BuildRecord it, Outcome outcome, List<Module> modules) {
        return new BuildRecord(
                it.schema(),
                it.id(),
                it.number(),
                it.project(),
                it.version(),
                it.name(),
                outcome,
                it.started(),
                it.ended(),
                it.seconds(),
                it.source(),
                it.trigger(),
                modules);
    }

    /** The build with a front end in place of its modules' services. */
    static BuildRecord uploaded(BuildRecord build, BuildRecord.Upload upload) {
        Module module = build.modules().get(0);
        return build.with(
                build.number(),
                List.of(new Module(module.name(), module.stages(), Optional.empty(), List.of(), Optional.of(upload))));
    }

    /**
     * A build in short: {@code FAILED main verify}.
     *
     * @param minute of its start
     * @param text outcome, branch, what it came to: {@code verify}, {@code rollout:COMPLETED} or {@code rollback}
     */
    static BuildRecord build(int minute, String text) {
        String[] parts = text.strip().split("\\s+");
        Outcome outcome = Outcome.valueOf(parts[0]);
        String[] last = parts[2].split(":");
        List<Stage> stages = new ArrayList<>();
        if (!last[0].equals("rollback")) {
            stages.add(stage("integration tests", last[0].equals("verify") ? outcome : Outcome.SUCCESS));
        }
        if (!last[0].equals("verify")) {
            stages.add(stage(last[0], outcome));
        }
        List<Service> services = last.length == 1
                ? List.of()
                : List.of(new Service("uat", "orders", "ecs-svc/1", last[1], 1, Optional.empty(), List.of()));
        BuildRecord it = Builds.sample();
        String time = "2026-11-26T14:%02d:00Z".formatted(minute);
        return new BuildRecord(
                it.schema(),
                "20261126T14%02d00Z-3f9c2a".formatted(minute),
                String.valueOf(minute),
                it.project(),
                it.version(),
                it.name(),
                outcome,
                time,
                time,
                1,
                Optional.of(new Source(
                        Optional.of(parts[1]),
                        Optional.of("0a1b"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())),
                it.trigger(),
                List.of(new Module("orders", stages, Optional.empty(), services)));
    }

    private static Stage stage(String name, Outcome outcome) {
        Status status =
                switch (outcome) {
                    case SUCCESS -> Status.DONE;
                    case FAILED -> Status.FAILED;
                    case INTERRUPTED -> Status.INTERRUPTED;
                };
        return new Stage(name, status, Optional.empty(), 1, Optional.empty(), Optional.empty());
    }
}
