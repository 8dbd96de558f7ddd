/**
 * The pipelines of the CI products: facts of a project to the text of its pipeline, and what has changed in one that is there.
 *
 * <p>May use: JGit's comparison of texts; no other room.
 */
@NullMarked
package io.github.ecsmaven.ci;

import org.jspecify.annotations.NullMarked;
