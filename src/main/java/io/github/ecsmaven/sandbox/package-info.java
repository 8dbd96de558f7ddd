/**
 * The embedded AWS in a process of its own; the outside talks to it over HTTP.
 *
 * <p>May use: the Docker API, the JDK's HTTP server and client; no other room, and no other room uses it but the goals that start and stop it.
 */
@NullMarked
package io.github.ecsmaven.sandbox;

import org.jspecify.annotations.NullMarked;
