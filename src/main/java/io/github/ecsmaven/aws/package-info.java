/**
 * AWS clients: region, profile, role, endpoint, retries; and what a refusal of AWS means for a user.
 *
 * <p>May use: the AWS SDK; no other room. The rooms {@code ecr} and {@code ecs} use its {@link
 * io.github.ecsmaven.aws.AwsProblems}.
 */
@NullMarked
package io.github.ecsmaven.aws;

import org.jspecify.annotations.NullMarked;
