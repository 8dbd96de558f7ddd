/**
 * Lets a Maven call go on where the calls before it ended: which phases are done, for which sources, and what they made.
 *
 * <p>May use: Maven, and what goals tell of sources and files.
 */
@NullMarked
package io.github.ecsmaven.lifecycle.resume;

import org.jspecify.annotations.NullMarked;
