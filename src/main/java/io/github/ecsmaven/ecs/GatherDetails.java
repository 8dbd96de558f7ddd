package io.github.ecsmaven.ecs;

import io.github.ecsmaven.aws.AwsProblems;
import io.github.ecsmaven.ecs.verdict.Details;
import io.github.ecsmaven.ecs.verdict.Details.LogTail;
import io.github.ecsmaven.ecs.verdict.Details.Target;
import io.github.ecsmaven.ecs.verdict.Expected;
import io.github.ecsmaven.ecs.verdict.FailedContainer;
import io.github.ecsmaven.ecs.verdict.Observation;
import io.github.ecsmaven.ecs.verdict.Observation.Deployed;
import io.github.ecsmaven.ecs.verdict.Observation.Tracked;
import io.github.ecsmaven.ecs.verdict.Verdict.Failed;
import io.github.ecsmaven.ecs.verdict.Verdict.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/** Asks for what explains a failed rollout. What can't be had is a notice and less detail, never a problem of its own. */
final class GatherDetails {
    private static final Set<String> NO_FAULT = Set.of("healthy", "draining");
    private static final int CONTAINERS = 3;

    private final RolloutApis apis;
    private final RolloutLog log;

    GatherDetails(RolloutApis apis, RolloutLog log) {
        this.apis = apis;
        this.log = log;
    }

    Details run(Failed failed, Observation last, Expected expected) {
        return switch (failed.kind()) {
            case DELETED, SCALED_TO_ZERO, WRONG_IMAGE -> Details.NONE;
            case SUPERSEDED -> new Details(List.of(), List.of(), List.of(), winner(last, expected));
            default ->
                new Details(
                        logs(last, expected),
                        failed.kind() == Kind.ROLLBACK_FAILED && expected.good().isPresent()
                                ? List.of()
                                : targets(expected),
                        ended(last),
                        List.of());
        };
    }

    private List<LogTail> logs(Observation last, Expected expected) {
        List<FailedContainer> failed = FailedContainer.of(last, expected);
        if (failed.isEmpty()) {
            return List.of();
        }
        ReadLogTail read = new ReadLogTail(apis.logs());
        return optional("ecs:DescribeTaskDefinition and logs:GetLogEvents", () -> {
            List<ContainerDefinition> definitions =
                    definition(expected.taskDefinition()).containerDefinitions();
            List<LogTail> tails = new ArrayList<>();
            for (FailedContainer one : failed.subList(0, Math.min(CONTAINERS, failed.size()))) {
                definitions.stream()
                        .filter(definition -> one.container().equals(definition.name()))
                        .findFirst()
                        .map(definition -> read.run(one, definition.logConfiguration()))
                        .ifPresent(tails::add);
            }
            return List.copyOf(tails);
        });
    }

    private List<Target> targets(Expected expected) {
        List<String> groups =
                optional("ecs:DescribeServices", () -> apis
                        .ecs()
                        .describeServices(ask -> ask.cluster(expected.cluster()).services(expected.service()))
                        .services()
                        .stream()
                        .flatMap(service -> TaskSets.asDeployments(service).loadBalancers().stream())
                        .map(LoadBalancer::targetGroupArn)
                        .filter(Objects::nonNull)
                        .toList());
        return groups.isEmpty()
                ? List.of()
                : optional("elasticloadbalancing:DescribeTargetHealth", () -> groups.stream()
                        .flatMap(group -> unhealthy(group).stream())
                        .toList());
    }

    private List<Target> unhealthy(String group) {
        return apis
                .balancers()
                .get()
                .describeTargetHealth(ask -> ask.targetGroupArn(group))
                .targetHealthDescriptions()
                .stream()
                .filter(found -> found.targetHealth() != null)
                .filter(found -> !NO_FAULT.contains(found.targetHealth().stateAsString()))
                .map(found -> target(group, found))
                .toList();
    }

    private static Target target(String group, TargetHealthDescription found) {
        TargetDescription at = found.target();
        String reason = ReadObservation.text(found.targetHealth().reasonAsString());
        String description = ReadObservation.text(found.targetHealth().description());
        // …:targetgroup/orders/6d0ecf831eec9f09
        String[] parts = group.split("/");
        return new Target(
                parts.length > 1 ? parts[1] : group,
                at == null ? "?" : at.id() + ":" + at.port(),
                ReadObservation.text(found.targetHealth().stateAsString()),
                description.isEmpty() || reason.isEmpty() ? reason + description : reason + ": " + description);
    }

    private List<String> ended(Observation last) {
        String arn = last.tracked().map(Tracked::arn).orElse("");
        if (arn.isEmpty()) {
            return List.of();
        }
        return optional(
                "ecs:DescribeServiceDeployments",
                () ->
                        apis
                                .ecs()
                                .describeServiceDeployments(ask -> ask.serviceDeploymentArns(arn))
                                .serviceDeployments()
                                .stream()
                                .flatMap(found -> ended(found).stream())
                                .toList());
    }

    private static List<String> ended(ServiceDeployment found) {
        List<String> lines = new ArrayList<>();
        var breaker = found.deploymentCircuitBreaker();
        if (breaker != null && "TRIGGERED".equals(breaker.statusAsString())) {
            lines.add("ECS's circuit breaker fired: " + breaker.failureCount() + " failed tasks, its limit is "
                    + breaker.threshold() + ".");
        }
        if (found.alarms() != null && !found.alarms().triggeredAlarmNames().isEmpty()) {
            lines.add("In alarm: " + String.join(", ", found.alarms().triggeredAlarmNames()) + ".");
        }
        return lines;
    }

    private List<String> winner(Observation last, Expected expected) {
        String arn = last.primary().map(Deployed::taskDefinition).orElse("");
        return arn.isEmpty()
                ? List.of()
                : optional("ecs:DescribeTaskDefinition", () -> winner(definition(arn), expected));
    }

    private static List<String> winner(TaskDefinition won, Expected expected) {
        String image = won.containerDefinitions().stream()
                .filter(container -> expected.container().equals(container.name())
                        || won.containerDefinitions().size() == 1)
                .map(container -> "image " + container.image())
                .findFirst()
                .orElse("no container '" + expected.container() + "'");
        String by = won.registeredBy() == null ? "" : ", registered by " + won.registeredBy();
        return List.of("It brings " + image + by + ".");
    }

    private TaskDefinition definition(String arn) {
        return apis.ecs().describeTaskDefinition(ask -> ask.taskDefinition(arn)).taskDefinition();
    }

    private <T> List<T> optional(String permission, Supplier<List<T>> ask) {
        try {
            return ask.get();
        } catch (SdkException refused) {
            if (AwsProblems.isAccessDenied(refused)) {
                log.warning("Less is known about this failure without " + permission + " (" + AwsProblems.code(refused)
                        + ").");
            } else {
                log.detail("Less is known about this failure: " + permission + ": " + AwsProblems.message(refused));
            }
            return List.of();
        }
    }
}
