package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.FindService.Absence;
import io.github.ecsmaven.ecs.definition.KnownDefinition;
import io.github.ecsmaven.ecs.definition.ReadDefinition;
import io.github.ecsmaven.ecs.definition.Wanted;
import io.github.ecsmaven.ecs.definition.WantedTask;
import io.github.ecsmaven.ecs.verdict.Strategy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Service;

/** Looks before a build whether a redeploy will find what it needs. Changes nothing. */
public final class CheckService {
    private final RolloutApis apis;
    private final EcsClient ecs;

    public CheckService(RolloutApis apis) {
        this.apis = apis;
        this.ecs = apis.ecs();
    }

    /** Whether the service is there already, in a place where else it would be made, with its cluster. */
    public boolean isThere(String cluster, String service) {
        return new FindService(ecs, cluster, service, Absence.CREATED_WITH_CLUSTER)
                .run()
                .isPresent();
    }

    /**
     * @param cluster name or ARN
     * @param containerName {@code ecs.containerName}
     * @param image {@code registry/repository} of what will be pushed
     * @param wanted what the project says of the service; its files are read
     * @param wait for the rollout; empty when nobody waits
     * @return the container that will get the image, with a word when the service will be created
     * @throws Problem when cluster, service or container are missing, several containers may be meant, a file is wrong, or the
     *     wait can't be long enough
     */
    public String run(
            String cluster,
            String service,
            Optional<String> containerName,
            String image,
            Wanted wanted,
            Optional<RolloutRequest.Wait> wait) {
        Absence absence = wanted.service().isPresent() ? Absence.CREATED : Absence.REFUSED;
        CreateServiceRequest written = WantedService.written(service, cluster, wanted);
        Optional<Service> found = new FindService(ecs, cluster, service, absence).run();
        String definition = found.map(Service::taskDefinition).orElse(written.taskDefinition());
        WantedTask task = WantedTask.of(wanted, containerName, image, () -> known(service, definition));
        if (found.isEmpty()) {
            return "new, container " + task.container();
        }
        if (TaskSets.isOfCodeDeploy(found.get())) {
            DeploymentGroup group = CreateDeployment.of(apis, wanted.codeDeploy(), TaskSets.asDeployments(found.get()))
                    .check(task);
            return "container " + task.container() + ", by CodeDeploy's " + group.name();
        }
        Strategy strategy = ReadStrategy.of(found.get());
        wait.ifPresent(all -> RefuseShortWait.check(cluster, service, strategy, all));
        return strategy.after("container " + task.container());
    }

    /**
     * Reads the project's files alone; nothing is asked.
     *
     * @throws Problem when one is wrong, or about another service
     */
    public static void read(String cluster, String service, Wanted wanted) {
        if (wanted.service().flatMap(Wanted.Creation::file).isPresent()) {
            WantedService.written(service, cluster, wanted);
        }
        wanted.taskDefinition().ifPresent(ReadDefinition::taskDefinition);
    }

    private RegisterTaskDefinitionRequest known(String service, @Nullable String definition) {
        if (definition == null) {
            throw CreateService.unknownDefinition(service);
        }
        return EcsCalls.call(
                        "describe the task definition of service '" + service + "'",
                        () -> KnownDefinition.read(ecs, definition))
                .again();
    }
}
