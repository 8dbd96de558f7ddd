/**
 * What a build did, as a record that lasts: how Maven calls join into one, the history of records in a folder or a bucket, and
 * what is drawn from them.
 *
 * <p>May use: the shared values of the root package. Maven, AWS and git are asked by {@code goal}.
 */
@NullMarked
package io.github.ecsmaven.report;

import org.jspecify.annotations.NullMarked;
