/**
 * The image in its registry: login, repository, push, tags, digests.
 *
 * <p>May use: Jib Core and the AWS SDK; of other rooms only value records, and {@code aws.AwsProblems}.
 */
@NullMarked
package io.github.ecsmaven.ecr;

import org.jspecify.annotations.NullMarked;
