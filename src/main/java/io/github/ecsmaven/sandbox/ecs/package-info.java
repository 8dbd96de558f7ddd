/**
 * Amazon ECS in the sandbox: clusters, task definitions, services with real rolling deployments, tasks as containers of
 * the local engine, and their logs.
 *
 * <p>May use: {@code sandbox.wire}, {@code sandbox.engine}, {@code sandbox.balancer}, {@code sandbox.fault}, {@code sandbox.ecr}'s stored images,
 * the interface of {@code sandbox.codedeploy} and Jackson.
 */
@NullMarked
package io.github.ecsmaven.sandbox.ecs;

import org.jspecify.annotations.NullMarked;
