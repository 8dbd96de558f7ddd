/**
 * What is seen of a rollout, and what it means: verdict, progress line, diagnosis. Pure: the same observation gives the same
 * words.
 *
 * <p>May use: the names of images; what is seen comes in as records. It doesn't know the AWS SDK.
 */
@NullMarked
package io.github.ecsmaven.ecs.verdict;

import org.jspecify.annotations.NullMarked;
