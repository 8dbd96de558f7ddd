package io.github.ecsmaven.sandbox;

import io.github.ecsmaven.sandbox.ecr.StoredImages;
import io.github.ecsmaven.sandbox.wire.JsonService;
import io.github.ecsmaven.sandbox.wire.Part;
import java.util.List;

/**
 * What the sandbox is made of. This is the one place where a service is added: its API to {@code json}, and what works
 * on its own beside it to {@code parts}.
 *
 * @param json services that speak awsJson1.1
 * @param parts asked whether they are busy, and stopped with the sandbox
 */
record Services(List<JsonService> json, List<Part> parts) {
    Services {
        json = List.copyOf(json);
        parts = List.copyOf(parts);
    }

    static Services compose(Surroundings at, JsonService ecr, StoredImages images) {
        return new Services(List.of(ecr), List.of());
    }
}
