/**
 * AWS clients: region, profile, role, endpoint, retries.
 *
 * <p>May use: the AWS SDK; no other room.
 */
@NullMarked
package io.github.ecsmaven.aws;

import org.jspecify.annotations.NullMarked;
