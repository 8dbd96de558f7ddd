package io.github.ecsmaven.ecs.definition;

import io.github.ecsmaven.NearestNames;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.definition.TaskChanges.ContainerChanges;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.Tag;

/** Puts the image and the project's changes into a task definition. Pure. */
final class ApplyChanges {
    private ApplyChanges() {}

    /**
     * @param container name of the one that gets the image
     * @throws Problem when a changed container does not exist
     */
    static RegisterTaskDefinitionRequest apply(
            RegisterTaskDefinitionRequest base, String container, String image, TaskChanges changes) {
        List<String> names = base.containerDefinitions().stream()
                .map(ContainerDefinition::name)
                .toList();
        changes.containers().keySet().stream()
                .filter(name -> !name.equals(TaskChanges.CHOSEN) && !names.contains(name))
                .sorted()
                .findFirst()
                .ifPresent(name -> {
                    throw unknown(base.family(), name, names);
                });
        RegisterTaskDefinitionRequest.Builder request = base.toBuilder();
        request.containerDefinitions(base.containerDefinitions().stream()
                .map(one -> one.name().equals(container)
                        ? changed(changed(one, changes, TaskChanges.CHOSEN), changes, container).toBuilder()
                                .image(image)
                                .build()
                        : changed(one, changes, one.name()))
                .toList());
        changes.cpu().ifPresent(request::cpu);
        changes.memory().ifPresent(request::memory);
        if (!changes.tags().isEmpty()) {
            request.tags(tags(base.tags(), changes.tags()));
        }
        return request.build();
    }

    private static Problem unknown(String family, String name, List<String> names) {
        List<String> near = NearestNames.of(name, names);
        return Problem.ofProject(
                "The task definition '" + family + "' has no container '" + name + "', but ecs.taskDefinition." + name
                        + " is set.",
                List.of("Containers: " + String.join(", ", names)),
                near.isEmpty()
                        ? "correct the property's name, or remove it."
                        : "write ecs.taskDefinition." + near.get(0) + ", or remove the property.");
    }

    private static ContainerDefinition changed(ContainerDefinition container, TaskChanges changes, String key) {
        ContainerChanges mine = changes.containers().get(key);
        if (mine == null) {
            return container;
        }
        Map<String, String> environment = new LinkedHashMap<>();
        container.environment().forEach(pair -> environment.put(pair.name(), pair.value()));
        Map<String, String> secrets = new LinkedHashMap<>();
        container.secrets().forEach(secret -> secrets.put(secret.name(), secret.valueFrom()));
        // ECS refuses a name that is both.
        environment.keySet().removeAll(mine.secrets().keySet());
        secrets.keySet().removeAll(mine.environment().keySet());
        environment.putAll(new TreeMap<>(mine.environment()));
        secrets.putAll(new TreeMap<>(mine.secrets()));
        ContainerDefinition.Builder builder = container.toBuilder();
        if (!environment.isEmpty() || container.hasEnvironment()) {
            builder.environment(environment.entrySet().stream()
                    .map(e -> KeyValuePair.builder()
                            .name(e.getKey())
                            .value(e.getValue())
                            .build())
                    .toList());
        }
        if (!secrets.isEmpty() || container.hasSecrets()) {
            builder.secrets(secrets.entrySet().stream()
                    .map(e -> Secret.builder()
                            .name(e.getKey())
                            .valueFrom(e.getValue())
                            .build())
                    .toList());
        }
        return builder.build();
    }

    private static List<Tag> tags(List<Tag> before, Map<String, String> wanted) {
        Map<String, String> all =
                before.stream().collect(Collectors.toMap(Tag::key, Tag::value, (a, b) -> b, LinkedHashMap::new));
        all.putAll(new TreeMap<>(wanted));
        return all.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
