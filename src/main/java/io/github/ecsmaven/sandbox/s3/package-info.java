/**
 * Amazon S3 in the sandbox, as far as files are put, read, copied, listed and deleted; and each bucket as a website on a port of
 * its own.
 *
 * <p>May use: {@code sandbox.wire}, {@code sandbox.fault}, Jackson and the JDK's HTTP server.
 */
@NullMarked
package io.github.ecsmaven.sandbox.s3;

import org.jspecify.annotations.NullMarked;
