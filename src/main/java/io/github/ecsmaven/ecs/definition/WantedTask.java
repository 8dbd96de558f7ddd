package io.github.ecsmaven.ecs.definition;

import io.github.ecsmaven.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/**
 * The task definition that a service shall run.
 *
 * @param definition complete, with the image
 * @param container name of the one that has it
 */
public record WantedTask(RegisterTaskDefinitionRequest definition, String container) {

    /**
     * @param asItIs what there is without a file
     * @throws Problem when the file or the changes can't be used, or the container is not clear
     */
    public static WantedTask of(
            Wanted wanted,
            Optional<String> containerName,
            String image,
            Supplier<RegisterTaskDefinitionRequest> asItIs) {
        RegisterTaskDefinitionRequest base =
                wanted.taskDefinition().map(ReadDefinition::taskDefinition).orElseGet(asItIs);
        String container = ChooseContainer.choose(base.family(), base.containerDefinitions(), containerName, image)
                .name();
        RegisterTaskDefinitionRequest definition = ApplyChanges.apply(base, container, image, wanted.changes());
        definition.containerDefinitions().stream()
                .filter(one -> one.image() == null)
                .findFirst()
                .ifPresent(one -> {
                    throw withoutImage(base.family(), one);
                });
        return new WantedTask(definition, container);
    }

    private static Problem withoutImage(String family, ContainerDefinition container) {
        return Problem.ofProject(
                "The container '" + container.name() + "' of the task definition '" + family + "' has no image.",
                List.of(),
                "write its image, or set ecs.containerName to it if it is the one that gets the image of this project.");
    }
}
