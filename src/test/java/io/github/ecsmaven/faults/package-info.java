/**
 * Deploys that meet faults: the plugin's own domain calls with the AWS SDK over HTTP, at a sandbox in this JVM whose tasks
 * follow a script. What is asserted is what a user reads, and what then runs.
 */
@NullMarked
package io.github.ecsmaven.faults;

import org.jspecify.annotations.NullMarked;
