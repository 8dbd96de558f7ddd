package io.github.ecsmaven.sandbox.ecs;

/** One line of a service's history, in ECS's words; the time in epoch milliseconds. */
record ServiceEvent(String id, long createdAt, String message) {}
