package io.github.ecsmaven.ecs;

import io.github.ecsmaven.ecs.verdict.Arns;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;

/** The one UpdateService of a rollout, or of a rollback. */
final class CallUpdateService {
    private CallUpdateService() {}

    /**
     * @param doing what is tried, for the error
     * @param again whether the service has this task definition already, and shall be deployed anew
     * @return the service with the deployment that this began
     * @throws io.github.ecsmaven.Problem when ECS refuses
     */
    static Service run(
            EcsClient ecs, String doing, String cluster, String service, String taskDefinition, boolean again) {
        return EcsCalls.call(doing, () -> ecs.updateService(u -> {
                    u.cluster(cluster).service(service).taskDefinition(taskDefinition);
                    if (again) {
                        u.forceNewDeployment(true);
                    }
                })
                .service());
    }

    /** The same to bring an earlier task definition back. */
    static Service back(EcsClient ecs, String cluster, String service, String taskDefinition, boolean again) {
        String doing = "roll service '" + service + "' back to " + Arns.revision(taskDefinition);
        return run(ecs, doing, cluster, service, taskDefinition, again);
    }
}
