/**
 * A stable address per service on loopback: an HTTP/1.1 proxy over the tasks that serve.
 *
 * <p>May use: the JDK's HTTP server; no other part of the sandbox.
 */
@NullMarked
package io.github.ecsmaven.sandbox.balancer;

import org.jspecify.annotations.NullMarked;
