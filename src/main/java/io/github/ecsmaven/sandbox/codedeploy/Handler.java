package io.github.ecsmaven.sandbox.codedeploy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.Caller;

/** One action of the API. Called with the lock held. */
@FunctionalInterface
interface Handler {
    ObjectNode handle(ObjectNode request, Caller caller);
}
