/**
 * What goes into an image, and building it with Jib.
 *
 * <p>May use: Jib Core; no other room.
 */
@NullMarked
package io.github.ecsmaven.image;

import org.jspecify.annotations.NullMarked;
