package io.github.ecsmaven.ecs.definition;

import io.github.ecsmaven.Problem;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/** Decides which container of a task definition gets the image. */
public final class ChooseContainer {
    private ChooseContainer() {}

    /**
     * The named one; else the only one; else the only one that already runs this repository; else, in a file, the only one without
     * an image.
     *
     * @param family of the task definition, for the error
     * @param name {@code ecs.containerName}
     * @throws Problem when none or several are meant
     */
    public static ContainerDefinition choose(
            String family, List<ContainerDefinition> containers, Optional<String> name, String image) {
        if (name.isPresent()) {
            return containers.stream()
                    .filter(container -> container.name().equals(name.get()))
                    .findFirst()
                    .orElseThrow(() -> unknown(family, containers, name.get()));
        }
        if (containers.size() == 1) {
            return containers.get(0);
        }
        ImageName wanted = ImageName.parse(image);
        List<ContainerDefinition> same = containers.stream()
                .filter(container -> container.image() != null && wanted.sameRepository(container.image()))
                .toList();
        if (same.size() == 1) {
            return same.get(0);
        }
        List<ContainerDefinition> open = containers.stream()
                .filter(container -> container.image() == null)
                .toList();
        if (same.isEmpty() && open.size() == 1) {
            return open.get(0);
        }
        throw ambiguous(family, containers, wanted, same.size());
    }

    private static Problem unknown(String family, List<ContainerDefinition> containers, String name) {
        return Problem.ofProject(
                "The task definition '" + family + "' has no container '" + name + "'.",
                lines(containers),
                "set ecs.containerName to one of them, or leave it away when there is only one.");
    }

    private static Problem ambiguous(
            String family, List<ContainerDefinition> containers, ImageName wanted, int running) {
        String why = running == 0 ? "none runs '" : running + " of them run '";
        return Problem.ofProject(
                "The task definition '" + family + "' has " + containers.size() + " containers and " + why
                        + wanted.repository() + "': which one gets the image is not clear.",
                lines(containers),
                "set ecs.containerName to the one that gets the image.");
    }

    private static List<String> lines(List<ContainerDefinition> containers) {
        return containers.stream()
                .map(c -> c.name() + "  " + (c.image() == null ? "(no image)" : c.image()))
                .toList();
    }
}
