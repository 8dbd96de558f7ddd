package io.github.ecsmaven.ecs.definition;

import io.github.ecsmaven.ecs.definition.Written.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * Reads a task definition or a service from a file of the project: as {@code aws ecs … --cli-input-json} takes it, or as
 * {@code describe-task-definition} and {@code describe-services} print it.
 */
public final class ReadDefinition {
    private ReadDefinition() {}

    public static RegisterTaskDefinitionRequest taskDefinition(ProjectFile file) {
        Written.Fields written = file.read();
        Optional<Written.Fields> inner = field(written, "taskDefinition")
                .filter(Written.Fields.class::isInstance)
                .map(Written.Fields.class::cast);
        RegisterTaskDefinitionRequest.Builder request = RegisterTaskDefinitionRequest.builder();
        FillModel.fill(
                file,
                request,
                inner.map(fields -> joined(fields, without(written, "taskDefinition")))
                        .orElse(written),
                shownOnly(TaskDefinition.builder(), request));
        return complete(file, written.place(), request.build());
    }

    private static RegisterTaskDefinitionRequest complete(
            ProjectFile file, Written.Place place, RegisterTaskDefinitionRequest read) {
        if (read.family() == null) {
            throw file.problem(place, file.name() + " has no family.", "write \"family\": \"the name of the family\".");
        }
        if (read.containerDefinitions().isEmpty()) {
            throw file.problem(place, file.name() + " has no containerDefinitions.", "write at least one container.");
        }
        if (read.containerDefinitions().stream().anyMatch(container -> container.name() == null)) {
            throw file.problem(place, file.name() + " has a container without a name.", "give each container a name.");
        }
        return read;
    }

    public static CreateServiceRequest service(ProjectFile file) {
        Written.Fields written = file.read();
        CreateServiceRequest.Builder request = CreateServiceRequest.builder();
        FillModel.fill(file, request, described(file, written), shownOnly(Service.builder(), request));
        return request.build();
    }

    /** {@code {"services": [{…}], "failures": []}} holds the service itself. */
    private static Written.Fields described(ProjectFile file, Written.Fields written) {
        if (!(field(written, "services").orElse(null) instanceof Written.Items list)) {
            return written;
        }
        if (list.values().size() != 1 || !(list.values().get(0) instanceof Written.Fields one)) {
            throw file.problem(list.place(), file.name() + " does not hold exactly one service.", "leave one in it.");
        }
        return joined(one, without(without(written, "services"), "failures"));
    }

    private static Optional<Written> field(Written.Fields written, String name) {
        return written.fields().stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .findFirst();
    }

    private static Written.Fields without(Written.Fields written, String name) {
        return new Written.Fields(
                written.place(),
                written.fields().stream()
                        .filter(field -> !field.name().equals(name))
                        .toList());
    }

    private static Written.Fields joined(Written.Fields one, Written.Fields other) {
        List<Field> all = new ArrayList<>(one.fields());
        all.addAll(other.fields());
        return new Written.Fields(one.place(), all);
    }

    /** What AWS shows and does not take. */
    private static Set<String> shownOnly(SdkPojo shown, SdkPojo taken) {
        Set<String> names = names(taken).collect(Collectors.toSet());
        return names(shown).filter(name -> !names.contains(name)).collect(Collectors.toSet());
    }

    private static Stream<String> names(SdkPojo model) {
        return model.sdkFields().stream().map(SdkField::locationName);
    }
}
