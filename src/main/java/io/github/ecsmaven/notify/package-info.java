/**
 * Tells people what became of a build: which events it brought, whom they concern, and how each channel says it. What can't be
 * sent is a warning and never changes the build's outcome.
 *
 * <p>May use: the shared values of the root package, the records of {@code report}, how {@code aws} tells errors, the mail
 * library, the AWS SDK.
 */
@NullMarked
package io.github.ecsmaven.notify;

import org.jspecify.annotations.NullMarked;
