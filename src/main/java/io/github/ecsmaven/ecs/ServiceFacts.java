package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.verdict.Expected;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentAlarms;
import software.amazon.awssdk.services.ecs.model.DeploymentCircuitBreaker;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;

/** Reads what a rollout has to know from a described service. */
final class ServiceFacts {
    private static final String URL_TAG = "ecs.url";

    private ServiceFacts() {}

    static Optional<Deployment> primary(Service service) {
        return service.deployments().stream()
                .filter(d -> "PRIMARY".equals(d.status()))
                .findFirst();
    }

    /** The id of the deployment that this very answer of UpdateService or CreateService began. */
    static String begun(Service answer) {
        return primary(answer)
                .map(Deployment::id)
                .orElseThrow(() -> Problem.ofMachine(
                        "ECS accepted the update of service '" + answer.serviceName() + "', but named no deployment.",
                        List.of(),
                        "look at the service in the ECS console.",
                        null));
    }

    static boolean completed(Service service) {
        Optional<Deployment> primary = primary(service);
        boolean told = primary.map(d -> d.rolloutState() == DeploymentRolloutState.COMPLETED)
                .orElse(false);
        boolean settled = primary.map(d -> d.rolloutState() == null).orElse(false)
                && service.deployments().size() == 1
                && ReadObservation.number(service.runningCount()) == ReadObservation.number(service.desiredCount());
        return told || settled;
    }

    static boolean inProgress(Service service) {
        return primary(service)
                .map(d -> d.rolloutState() == DeploymentRolloutState.IN_PROGRESS)
                .orElse(false);
    }

    static Expected.Breaker breaker(Service service) {
        DeploymentConfiguration configuration = service.deploymentConfiguration();
        if (configuration == null) {
            return Expected.Breaker.OFF;
        }
        DeploymentCircuitBreaker breaker = configuration.deploymentCircuitBreaker();
        boolean on = breaker != null && Boolean.TRUE.equals(breaker.enable());
        if (on && Boolean.TRUE.equals(breaker.rollback())) {
            return Expected.Breaker.ROLLS_BACK;
        }
        DeploymentAlarms alarms = configuration.alarms();
        if (alarms != null && Boolean.TRUE.equals(alarms.enable()) && Boolean.TRUE.equals(alarms.rollback())) {
            return Expected.Breaker.ALARMS_ROLL_BACK;
        }
        return on ? Expected.Breaker.STOPS : Expected.Breaker.OFF;
    }

    static Set<String> eventIds(Service service) {
        return service.events().stream().map(ServiceEvent::id).collect(Collectors.toSet());
    }

    static Optional<String> url(Service service) {
        return service.tags().stream()
                .filter(tag -> URL_TAG.equals(tag.key()))
                .map(tag -> tag.value())
                .filter(url -> !url.isBlank())
                .findFirst();
    }

    /** The task definition of the last deployment that completed, not simply revision minus one; empty when there is none. */
    static Optional<String> lastGood(EcsClient ecs, Service service) {
        Optional<String> shown = CompletedVersions.shown(service).stream().findFirst();
        if (shown.isPresent()) {
            return shown;
        }
        return completed(service)
                ? primary(service).map(Deployment::taskDefinition)
                : CompletedVersions.recorded(ecs, service, 1).stream()
                        .findFirst()
                        .map(ServiceRevision::taskDefinition);
    }
}
