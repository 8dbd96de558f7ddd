package io.github.ecsmaven.sandbox.balancer;

/** Where a task listens. */
public record Target(String host, int port) {}
