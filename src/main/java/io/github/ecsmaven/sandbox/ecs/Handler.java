package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.Caller;

/** One action of an API. Called with the store's lock held. */
@FunctionalInterface
interface Handler {
    ObjectNode handle(ObjectNode request, Caller caller);
}
