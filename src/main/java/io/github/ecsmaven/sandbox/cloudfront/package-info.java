/**
 * Amazon CloudFront in the sandbox, as far as it is told what has changed: invalidations of any distribution.
 *
 * <p>May use: {@code sandbox.wire}, {@code sandbox.fault}, Jackson and the JDK's HTTP server.
 */
@NullMarked
package io.github.ecsmaven.sandbox.cloudfront;

import org.jspecify.annotations.NullMarked;
