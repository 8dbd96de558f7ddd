package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Digest;
import io.github.ecsmaven.ecs.definition.ImageName;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Service;

/** Finds which image a service goes back to: pinned in the task definition, or as ECS's history has resolved its tag. */
final class EarlierImage {
    private final EcsClient ecs;
    private final Service service;

    /** @param service as it was before the rollback */
    EarlierImage(EcsClient ecs, Service service) {
        this.ecs = ecs;
        this.service = service;
    }

    /** Empty also when it may not be read: only the record says it. */
    Optional<Digest> digest(String taskDefinition) {
        try {
            return changed(containers(taskDefinition), containers(service.taskDefinition()))
                    .flatMap(container -> ImageName.parse(ReadObservation.text(container.image()))
                            .digest()
                            .or(() -> resolved(taskDefinition, container.name())))
                    .filter(digest -> digest.matches("sha256:[0-9a-f]{64}"))
                    .map(Digest::new);
        } catch (SdkException notReadable) {
            return Optional.empty();
        }
    }

    private List<ContainerDefinition> containers(String taskDefinition) {
        return ecs.describeTaskDefinition(ask -> ask.taskDefinition(taskDefinition))
                .taskDefinition()
                .containerDefinitions();
    }

    /** Of several containers the deploys change one. */
    private static Optional<ContainerDefinition> changed(List<ContainerDefinition> to, List<ContainerDefinition> from) {
        return to.stream()
                .filter(container -> from.stream().noneMatch(other -> sameImage(container, other)))
                .findFirst()
                .or(() -> to.stream().findFirst());
    }

    private static boolean sameImage(ContainerDefinition one, ContainerDefinition other) {
        return ReadObservation.text(one.name()).equals(other.name())
                && ReadObservation.text(one.image()).equals(other.image());
    }

    private Optional<String> resolved(String taskDefinition, String container) {
        return CompletedVersions.recorded(ecs, service, CompletedVersions.MOST).stream()
                .filter(revision -> taskDefinition.equals(revision.taskDefinition()))
                .flatMap(revision -> revision.containerImages().stream())
                .filter(image -> container.equals(image.containerName()))
                .map(image -> ReadObservation.text(image.imageDigest()))
                .findFirst();
    }
}
