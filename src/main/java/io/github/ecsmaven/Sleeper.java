package io.github.ecsmaven;

import java.time.Duration;

/** Waits; comes in from outside so that an hour of waiting is tested in milliseconds. */
@FunctionalInterface
public interface Sleeper {
    void sleep(Duration time) throws InterruptedException;
}
