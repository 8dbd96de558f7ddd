/**
 * The service on its new image: deployment, watching it to its true end, diagnosis, rollback. What it shall run is said by
 * {@code ecs.definition}.
 *
 * <p>May use: the AWS SDK and {@code ecs.definition}; of other rooms only value records, and {@code aws.AwsProblems}.
 */
@NullMarked
package io.github.ecsmaven.ecs;

import org.jspecify.annotations.NullMarked;
