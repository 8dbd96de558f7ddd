package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A service and all that the scheduler knows of it. Immutable; {@code settings} isn't changed once it is in here.
 *
 * @param status {@code ACTIVE}, {@code DRAINING} or {@code INACTIVE}
 * @param settings the members of CreateService and UpdateService, as given
 * @param deployments the PRIMARY one first
 * @param lastGood the newest completed deployment, which a failure goes back to; null while there is none
 * @param history newest first
 * @param events newest first
 * @param steady the steady state was told and still holds
 * @param port of the balancer on loopback; 0: no container has a port
 * @param createdAt epoch milliseconds
 */
record Service(
        String arn,
        String name,
        String clusterArn,
        String status,
        int desired,
        ObjectNode settings,
        List<Deployment> deployments,
        @Nullable Deployment lastGood,
        List<ServiceDeployment> history,
        List<ServiceEvent> events,
        boolean steady,
        int port,
        long createdAt) {
    private static final int EVENTS_KEPT = 100;
    private static final int HISTORY_KEPT = 50;

    /** One that nothing was deployed to yet. */
    static Service fresh(String arn, String name, String clusterArn, int desired, ObjectNode settings, long now) {
        return new Service(
                arn,
                name,
                clusterArn,
                "ACTIVE",
                desired,
                settings,
                List.of(),
                null,
                List.of(),
                List.of(),
                false,
                0,
                now);
    }

    Service {
        deployments = List.copyOf(deployments);
        history = List.copyOf(history);
        events = List.copyOf(events);
    }

    DeploymentRules rules() {
        return DeploymentRules.of(settings.path("deploymentConfiguration"));
    }

    boolean active() {
        return status.equals("ACTIVE");
    }

    /** The PRIMARY deployment; there is always one. */
    Deployment primary() {
        return deployments.get(0);
    }

    Optional<ServiceDeployment> underWay() {
        return history.stream().filter(ServiceDeployment::underWay).findFirst();
    }

    /** Where the deployment stands that goes forward; empty when it doesn't shift traffic. */
    Optional<Shift> shift() {
        return underWay().filter(entry -> entry.status().equals("IN_PROGRESS")).map(ServiceDeployment::shift);
    }

    /** What a deployment's tasks get of the production traffic; the others get the rest. */
    record Share(String deployment, double percent) {}

    /** How production traffic is divided; empty: among all tasks. */
    Optional<Share> share() {
        ServiceDeployment newest = history.isEmpty() ? null : history.get(0);
        if (newest == null || newest.shift() == null || primary().rollout() == Deployment.Rollout.COMPLETED) {
            return Optional.empty();
        }
        return Optional.of(
                primary().rollback()
                        ? new Share(primary().id(), 100)
                        : new Share(newest.deployment(), newest.shift().production()));
    }

    Service event(String message, long now) {
        return told("(service " + name + ")" + message, now);
    }

    /** An event of the tasks of one deployment, which is named as their task set. */
    Service event(String deployment, String message, long now) {
        return told("(service " + name + ", taskSet " + deployment + ")" + message, now);
    }

    private Service told(String whole, long now) {
        List<ServiceEvent> longer = new ArrayList<>(events);
        String id = UUID.randomUUID().toString();
        longer.add(0, new ServiceEvent(id, now, whole));
        return with(deployments, lastGood, history, longer.subList(0, Math.min(EVENTS_KEPT, longer.size())), steady);
    }

    Service deployments(List<Deployment> changed, @Nullable Deployment good) {
        return with(changed, good, history, events, steady);
    }

    /** The PRIMARY deployment replaced by its changed self. */
    Service primary(UnaryOperator<Deployment> change) {
        List<Deployment> changed = new ArrayList<>(deployments);
        changed.set(0, change.apply(primary()));
        return deployments(changed, lastGood);
    }

    /** Changes the service deployment that is under way, if any. */
    Service underWay(UnaryOperator<ServiceDeployment> change) {
        List<ServiceDeployment> changed = new ArrayList<>(history);
        changed.replaceAll(entry -> entry.underWay() ? change.apply(entry) : entry);
        return with(deployments, lastGood, changed, events, steady);
    }

    Service begin(ServiceDeployment entry) {
        List<ServiceDeployment> longer = new ArrayList<>(history);
        longer.add(0, entry);
        return with(deployments, lastGood, longer.subList(0, Math.min(HISTORY_KEPT, longer.size())), events, steady);
    }

    /** CodeDeploy deploys it. */
    boolean byCodeDeploy() {
        return settings.path("deploymentController").path("type").asText("").equals("CODE_DEPLOY");
    }

    /** This service with the other's tasks: what they are, and the target groups that they are in. */
    Service carrying(Service other) {
        return new Service(
                arn,
                name,
                clusterArn,
                status,
                desired,
                other.settings,
                other.deployments,
                other.lastGood,
                history,
                events,
                other.steady,
                port,
                createdAt);
    }

    Service steady(boolean holds) {
        return holds == steady ? this : with(deployments, lastGood, history, events, holds);
    }

    Service status(String changed) {
        return new Service(
                arn,
                name,
                clusterArn,
                changed,
                desired,
                settings,
                deployments,
                lastGood,
                history,
                events,
                steady,
                port,
                createdAt);
    }

    Service settings(int count, ObjectNode changed, int newPort) {
        return new Service(
                arn,
                name,
                clusterArn,
                status,
                count,
                changed,
                deployments,
                lastGood,
                history,
                events,
                steady,
                newPort,
                createdAt);
    }

    private Service with(
            List<Deployment> all,
            @Nullable Deployment good,
            List<ServiceDeployment> entries,
            List<ServiceEvent> told,
            boolean isSteady) {
        return new Service(
                arn, name, clusterArn, status, desired, settings, all, good, entries, told, isSteady, port, createdAt);
    }
}
