package io.github.ecsmaven.container;

import io.github.ecsmaven.Problem;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A Docker network that exists, as far as it matters for a temporary container that joins it.
 *
 * @param name as the user wrote it
 * @param driver {@code bridge}, {@code host}, {@code null}, …
 * @param internal true when it has no way to the outside, and so none for a published port
 * @param standard true for the engine's default bridge, where containers have no names
 * @param names under which containers are reached in it, in lower case
 */
record NetworkFacts(String name, String driver, boolean internal, boolean standard, Set<String> names) {
    NetworkFacts {
        names = Set.copyOf(names);
    }

    static Problem missing(String name) {
        return Problem.ofProject(
                "There is no Docker network '" + name + "' (ecs.test.network).",
                "create it with 'docker network create " + name
                        + "', or leave ecs.test.network out: then services get a" + " network of their own");
    }

    /**
     * Why it can't be joined; empty when it can.
     *
     * @param services the names of the services that are to be reached in it
     */
    Optional<Problem> objection(Collection<String> services) {
        if (List.of("host", "null", "none").contains(driver)) {
            return Optional.of(
                    Problem.ofProject(
                            "In the Docker network '" + name
                                    + "' (ecs.test.network) no port is published, and the tests need one.",
                            "name a bridge network in ecs.test.network ('docker network create ci' makes one), or leave it out"));
        }
        if (internal) {
            return Optional.of(Problem.ofProject(
                    "The Docker network '" + name
                            + "' (ecs.test.network) is internal: the tests can't reach a port in it.",
                    "name a network in ecs.test.network that was made without --internal, or leave it out"));
        }
        if (standard && !services.isEmpty()) {
            return Optional.of(Problem.ofProject(
                    "In the Docker network '" + name + "' (ecs.test.network) containers have no names, so services"
                            + " (ecs.test.services) are not found in it.",
                    "leave ecs.test.network out, or name another network"));
        }
        return services.stream().filter(names::contains).findFirst().map(this::taken);
    }

    private Problem taken(String service) {
        return Problem.ofProject(
                "In the Docker network '" + name + "' (ecs.test.network) a container is named '" + service
                        + "' already, and so would be the service (ecs.test.services).",
                "give the service another name, ecs.test.services=my-" + service
                        + "=<image>, or leave ecs.test.network out: then it is alone in a network of its own");
    }
}
