/**
 * AWS STS in the sandbox: who am I, and roles that anybody may assume.
 *
 * <p>May use: {@code sandbox.wire}, Jackson.
 */
@NullMarked
package io.github.ecsmaven.sandbox.sts;

import org.jspecify.annotations.NullMarked;
