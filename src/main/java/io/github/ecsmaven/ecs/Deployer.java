package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.verdict.Expected;

/** Who deploys a service: ECS itself, or CodeDeploy. */
interface Deployer {
    /**
     * The plan, as far as what is under way allows it. Changes nothing.
     *
     * @throws Problem when it doesn't
     */
    BeginRollout.Plan look(BeginRollout.Plan plan);

    /**
     * Begins the deployment, or finds the one that is to be followed.
     *
     * @param taskDefinition ARN of what it brings
     * @return its id
     * @throws Problem when it could not be begun; then nothing is under way
     */
    String run(BeginRollout.Plan plan, String taskDefinition);

    /** What ECS does about it when it fails. */
    Expected.Breaker breaker();
}
