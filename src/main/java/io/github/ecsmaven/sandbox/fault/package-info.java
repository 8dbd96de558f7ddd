/**
 * Faults on demand: what a test has ordered to go wrong, and for how many times.
 *
 * <p>May use: {@code sandbox.wire}, Jackson.
 */
@NullMarked
package io.github.ecsmaven.sandbox.fault;

import org.jspecify.annotations.NullMarked;
