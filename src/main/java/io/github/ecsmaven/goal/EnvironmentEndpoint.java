package io.github.ecsmaven.goal;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The endpoint that the environment names in AWS's place. Pure. */
final class EnvironmentEndpoint {
    private static final String ALL = "AWS_ENDPOINT_URL";

    private EnvironmentEndpoint() {}

    /**
     * {@code AWS_ENDPOINT_URL}; empty when it isn't set, or when it does not hold for each service ({@code AWS_ENDPOINT_URL_ECS},
     * {@code AWS_IGNORE_CONFIGURED_ENDPOINT_URLS}).
     */
    static Optional<URI> everywhere(Map<String, String> environment) {
        boolean others = environment.entrySet().stream()
                .anyMatch(entry -> entry.getKey().startsWith(ALL + "_")
                        && !entry.getValue().isBlank());
        boolean ignored = "true".equalsIgnoreCase(environment.get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"));
        return others || ignored
                ? Optional.empty()
                : OptionText.text(Objects.requireNonNullElse(environment.get(ALL), ""))
                        .map(AwsMojo::uri);
    }
}
