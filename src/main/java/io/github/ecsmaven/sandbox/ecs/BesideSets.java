package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.codedeploy.TaskSets;
import io.github.ecsmaven.sandbox.wire.Caller;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The two task sets of a service that CodeDeploy deploys. The one with the production traffic is the service itself; the other
 * one is scheduled beside it as a service of its own, with a balancer of its own. When the traffic is shifted they change places.
 */
final class BesideSets implements TaskSets {
    private final Store store;
    private final Names names;
    private final Deploy deploy;
    private final Balancers balancers;
    private final Ticker time;
    private final Runnable changed;

    /** @param changed told after each change */
    BesideSets(Store store, Names names, Deploy deploy, Balancers balancers, Ticker time, Runnable changed) {
        this.store = store;
        this.names = names;
        this.deploy = deploy;
        this.balancers = balancers;
        this.time = time;
        this.changed = changed;
    }

    /** One set beside each service; the last part of the ARN is the service's name there too. */
    static String besideArn(String serviceArn) {
        return serviceArn.replace(":service/", ":task-set/");
    }

    /** Of either set. */
    static boolean isOf(Task task, String serviceArn) {
        return task.service.equals(serviceArn) || task.service.equals(besideArn(serviceArn));
    }

    @Override
    public Optional<Both> find(String serviceArn) {
        synchronized (store) {
            Service service = store.services().get(serviceArn);
            if (service == null || !service.active() || !service.byCodeDeploy()) {
                return Optional.empty();
            }
            Service beside = store.beside().get(besideArn(serviceArn));
            return Optional.of(
                    new Both(one(service), Optional.ofNullable(beside).map(this::one)));
        }
    }

    private One one(Service service) {
        List<Task> tasks = store.tasksOf(service.arn());
        Deployment primary = service.primary();
        return new One(
                primary.id(),
                store.externalIds().getOrDefault(primary.id(), ""),
                RenderTaskSets.status(service),
                primary.taskDefinition(),
                service.desired(),
                (int) tasks.stream().filter(Task::pending).count(),
                (int) tasks.stream().filter(Task::running).count(),
                service.steady(),
                TargetGroups.arn(service));
    }

    @Override
    public void create(
            String serviceArn, String taskDefinition, String deployment, Optional<JsonNode> balancer, Caller caller) {
        synchronized (store) {
            Service service = Objects.requireNonNull(store.services().get(serviceArn));
            ObjectNode definition = names.usableTaskDefinition(taskDefinition, caller);
            ObjectNode settings = service.settings().deepCopy();
            balancer.ifPresent(one -> settings.putArray("loadBalancers").add(one));
            Service beside = Service.fresh(
                    besideArn(serviceArn),
                    service.name(),
                    service.clusterArn(),
                    service.desired(),
                    settings,
                    time.millis());
            Service deployed = deploy.run(beside, definition);
            store.beside().put(deployed.arn(), deployed);
            store.externalIds().put(deployed.primary().id(), deployment);
            store.save();
        }
        changed.run();
    }

    /** The new tasks get requests before the old ones get none: nobody who calls the service sees a gap. */
    @Override
    public void swap(String serviceArn) {
        synchronized (store) {
            String besideArn = besideArn(serviceArn);
            Service service = Objects.requireNonNull(store.services().get(serviceArn));
            Service beside = Objects.requireNonNull(store.beside().get(besideArn));
            List<Task> old = store.tasksOf(serviceArn);
            List<Task> fresh = store.tasksOf(besideArn);
            fresh.forEach(task -> move(task, serviceArn));
            old.forEach(task -> move(task, besideArn));
            store.put(service.carrying(beside));
            store.beside().put(besideArn, beside.carrying(service));
            store.save();
        }
        changed.run();
    }

    private void move(Task task, String to) {
        balancers.move(task, to);
        task.service = to;
    }

    @Override
    public void end(String serviceArn) {
        synchronized (store) {
            Service beside = store.beside().get(besideArn(serviceArn));
            if (beside != null && beside.active()) {
                store.put(beside.settings(0, beside.settings(), beside.port()).status("DRAINING"));
                store.save();
            }
        }
        changed.run();
    }
}
