/**
 * Binds the goals to a build's phases, measures its stages, tells the summary, and cleans up when the session ends.
 *
 * <p>May use: Maven, and the names of goals.
 */
@NullMarked
package io.github.ecsmaven.lifecycle;

import org.jspecify.annotations.NullMarked;
