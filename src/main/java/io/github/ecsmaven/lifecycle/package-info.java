/**
 * Binds the goals to a build's phases, measures its stages, tells the summary, and cleans up when the session ends.
 *
 * <p>May use: Maven, the names of goals, and the build record.
 */
@NullMarked
package io.github.ecsmaven.lifecycle;

import org.jspecify.annotations.NullMarked;
