package io.github.ecsmaven.sandbox.ecs;

/** The time in epoch milliseconds. */
@FunctionalInterface
interface Ticker {
    long millis();
}
