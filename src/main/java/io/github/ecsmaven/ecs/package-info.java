/**
 * The service on its new image: task definition, deployment, watching it to its true end, diagnosis.
 *
 * <p>May use: the AWS SDK; of other rooms only value records, and {@code aws.AwsProblems}.
 */
@NullMarked
package io.github.ecsmaven.ecs;

import org.jspecify.annotations.NullMarked;
