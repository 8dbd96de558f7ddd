package io.github.ecsmaven.sandbox.fault;

import io.github.ecsmaven.sandbox.wire.AwsError;
import java.util.Optional;

/**
 * What one call has to suffer.
 *
 * @param millis to wait before anything else
 * @param cut the connection is closed without an answer
 * @param error the answer, instead of the real one
 */
public record Trouble(long millis, boolean cut, Optional<AwsError> error) {}
