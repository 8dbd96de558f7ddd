package io.github.ecsmaven.ecs;

import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;

/** The one UpdateService that brings an earlier task definition back. */
final class BringBack {
    private BringBack() {}

    /**
     * @param again whether the service has this task definition already
     * @return the service with the deployment that this began
     * @throws io.github.ecsmaven.Problem when ECS refuses
     */
    static Service run(EcsClient ecs, String cluster, String service, String taskDefinition, boolean again) {
        return EcsCalls.call(
                "roll service '" + service + "' back to " + Arns.revision(taskDefinition),
                () -> ecs.updateService(u -> {
                            u.cluster(cluster).service(service).taskDefinition(taskDefinition);
                            if (again) {
                                u.forceNewDeployment(true);
                            }
                        })
                        .service());
    }
}
