/**
 * AWS CodeDeploy in the sandbox, as far as it deploys ECS services: applications, deployment groups, deployments with their
 * lifecycle events, traffic and rollbacks.
 *
 * <p>May use: {@code sandbox.wire} and Jackson. What it needs of ECS it says in {@link TaskSets}.
 */
@NullMarked
package io.github.ecsmaven.sandbox.codedeploy;

import org.jspecify.annotations.NullMarked;
