/**
 * Asks what was deployed whether it works: over HTTP, and a front end in a browser too.
 *
 * <p>May use: the JDK's HTTP client, JSON; no other room.
 */
@NullMarked
package io.github.ecsmaven.smoke;

import org.jspecify.annotations.NullMarked;
