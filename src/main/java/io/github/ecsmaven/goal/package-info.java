/**
 * One thin Mojo a goal: parameters become an immutable request, the request one domain call, and every problem takes the one error path.
 *
 * <p>May use: Maven and every room.
 */
@NullMarked
package io.github.ecsmaven.goal;

import org.jspecify.annotations.NullMarked;
