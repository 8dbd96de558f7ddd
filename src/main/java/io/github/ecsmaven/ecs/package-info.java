/**
 * The service on its new image: deployment, watching it to its true end, rollback. What it shall run is said by {@code
 * ecs.definition}, what an observation means by {@code ecs.verdict}.
 *
 * <p>May use: the AWS SDK, {@code ecs.definition} and {@code ecs.verdict}; of other rooms only value records, and {@code aws.AwsProblems}.
 */
@NullMarked
package io.github.ecsmaven.ecs;

import org.jspecify.annotations.NullMarked;
