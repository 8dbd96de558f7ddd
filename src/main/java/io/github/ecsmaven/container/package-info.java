/**
 * The temporary container of the integration tests and the services beside it: the keeper process that owns them, readiness,
 * crash, logs, stop.
 *
 * <p>May use: Testcontainers and the Docker API, in the keeper's own JVM only; no other room.
 */
@NullMarked
package io.github.ecsmaven.container;

import org.jspecify.annotations.NullMarked;
