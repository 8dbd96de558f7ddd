/**
 * Whole builds with the plugin as a user gets it: real Maven, real engine, the embedded AWS. May use nothing of the
 * rooms but the mark of a sandbox's containers: what is asserted is the console, the exit, and what lies in {@code target/ecs}.
 */
@NullMarked
package io.github.ecsmaven.e2e;

import org.jspecify.annotations.NullMarked;
