/**
 * What is sent to people: Amazon SES and SNS in the sandbox. Nothing leaves the machine; the messages are kept to be looked at.
 *
 * <p>May use: {@code sandbox.wire}, Jackson.
 */
@NullMarked
package io.github.ecsmaven.sandbox.outbox;

import org.jspecify.annotations.NullMarked;
