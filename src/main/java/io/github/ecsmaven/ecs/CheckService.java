package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Looks before a build whether a redeploy will find what it needs. Changes nothing. */
public final class CheckService {
    private final EcsClient ecs;

    public CheckService(EcsClient ecs) {
        this.ecs = ecs;
    }

    /**
     * @param cluster name or ARN
     * @param containerName {@code ecs.containerName}
     * @param image {@code registry/repository} of what will be pushed
     * @return the container that will get the image
     * @throws Problem when cluster, service or container are missing, or several containers may be meant
     */
    public String run(String cluster, String service, Optional<String> containerName, String image) {
        Service found = new FindService(ecs, cluster, service, false).run().orElseThrow();
        TaskDefinition current = BeginRollout.current(ecs, found).taskDefinition();
        return ChooseContainer.choose(current.family(), current.containerDefinitions(), containerName, image)
                .name();
    }
}
