/**
 * The words that all rooms share: a digest, a problem, a duration as it is written, a record file, where the Docker engine is.
 *
 * <p>May use: the JDK and Jackson; no room.
 */
@NullMarked
package io.github.ecsmaven;

import org.jspecify.annotations.NullMarked;
