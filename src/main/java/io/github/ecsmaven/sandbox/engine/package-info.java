/**
 * The local Docker engine over its HTTP API, as far as the sandbox's tasks need it.
 *
 * <p>May use: docker-java's HTTP transport, Jackson and {@code sandbox.ecr}'s stored images.
 */
@NullMarked
package io.github.ecsmaven.sandbox.engine;

import org.jspecify.annotations.NullMarked;
