package io.github.ecsmaven.ecs.definition;

import java.util.Map;
import java.util.Optional;

/**
 * What is to be different in a task definition, besides the image.
 *
 * @param cpu of the task, in CPU units or as {@code .25 vCPU}
 * @param memory of the task, in MiB or as {@code 1 GB}
 * @param tags to be set
 * @param containers by name; {@link #CHOSEN} is the one that gets the image
 */
public record TaskChanges(
        Optional<String> cpu,
        Optional<String> memory,
        Map<String, String> tags,
        Map<String, ContainerChanges> containers) {
    /** The container that gets the image, whatever its name is. */
    public static final String CHOSEN = "";

    /** Only the image. */
    public static final TaskChanges NONE = new TaskChanges(Optional.empty(), Optional.empty(), Map.of(), Map.of());

    public TaskChanges {
        tags = Map.copyOf(tags);
        containers = Map.copyOf(containers);
    }

    /**
     * @param environment variables to be set
     * @param secrets ARNs by the variable's name
     */
    public record ContainerChanges(Map<String, String> environment, Map<String, String> secrets) {
        public ContainerChanges {
            environment = Map.copyOf(environment);
            secrets = Map.copyOf(secrets);
        }
    }
}
