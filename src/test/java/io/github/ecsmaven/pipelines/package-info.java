/**
 * What CI products make of their pipeline files, as far as the generated ones need it: stages run in order, their commands for real,
 * each machine a fresh folder. What a fixture does not know fails the test; nothing is passed over.
 */
@NullMarked
package io.github.ecsmaven.pipelines;

import org.jspecify.annotations.NullMarked;
