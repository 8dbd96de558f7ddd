/**
 * Sends the stages of a build as a trace to an OpenTelemetry collector, over OTLP/HTTP with JSON.
 *
 * <p>May use: the build record.
 */
@NullMarked
package io.github.ecsmaven.report.trace;

import org.jspecify.annotations.NullMarked;
