package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import java.util.regex.Pattern;

/** Which names ECS takes, by its API reference (CreateCluster, CreateService); told before anything is pushed. */
public final class EcsNames {
    private static final String NAME = "[a-zA-Z0-9_-]{1,255}";
    private static final Pattern SERVICE = Pattern.compile(NAME);
    private static final Pattern CLUSTER = Pattern.compile("(arn:[^:]+:ecs:[^:]+:[^:]+:cluster/)?" + NAME);
    private static final String RIGHT = "write up to 255 letters, digits, '_' and '-'";

    private EcsNames() {}

    /**
     * @param service {@code ecs.service}
     * @throws Problem when ECS takes no such name
     */
    public static void requireService(String service) {
        if (!SERVICE.matcher(service).matches()) {
            throw Problem.ofProject(
                    "'" + service + "' is not the name of an ECS service (ecs.service).",
                    RIGHT + ", for example -Decs.service=orders.");
        }
    }

    /**
     * @param cluster {@code ecs.cluster}, name or ARN
     * @throws Problem when ECS takes no such name
     */
    public static void requireCluster(String cluster) {
        if (!CLUSTER.matcher(cluster).matches()) {
            throw Problem.ofProject(
                    "'" + cluster + "' is not an ECS cluster (ecs.cluster).",
                    RIGHT + ", or the cluster's ARN, for example -Decs.cluster=uat.");
        }
    }
}
