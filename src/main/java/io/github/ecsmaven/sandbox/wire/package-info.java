/**
 * AWS's wire protocols as the sandbox speaks them: what a service gets, what it answers, how it refuses.
 *
 * <p>May use: Jackson and the JDK; no other part of the sandbox.
 */
@NullMarked
package io.github.ecsmaven.sandbox.wire;

import org.jspecify.annotations.NullMarked;
