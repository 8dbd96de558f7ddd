/**
 * Amazon ECR in the sandbox: repositories, tags, blobs, and the OCI registry over them.
 *
 * <p>May use: {@code sandbox.wire}, Jackson and the JDK's HTTP server.
 */
@NullMarked
package io.github.ecsmaven.sandbox.ecr;

import org.jspecify.annotations.NullMarked;
