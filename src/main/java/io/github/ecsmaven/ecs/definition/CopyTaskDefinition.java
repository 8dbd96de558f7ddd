package io.github.ecsmaven.ecs.definition;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * Makes the request for a new revision out of the old one. It goes by the SDK's own list of fields, so that a field that AWS adds
 * later travels too as soon as the SDK knows it.
 */
final class CopyTaskDefinition {
    private CopyTaskDefinition() {}

    /** @param tags of the old revision; those of AWS itself ({@code aws:…}) can't be set and stay behind */
    static RegisterTaskDefinitionRequest request(TaskDefinition old, List<Tag> tags) {
        RegisterTaskDefinitionRequest.Builder copy = copy(old);
        List<Tag> own =
                tags.stream().filter(tag -> !tag.key().startsWith("aws:")).toList();
        if (!own.isEmpty()) {
            // An empty list is refused by ECS ("Tags can not be empty").
            copy.tags(own);
        }
        return copy.build();
    }

    private static RegisterTaskDefinitionRequest.Builder copy(TaskDefinition old) {
        RegisterTaskDefinitionRequest.Builder copy = RegisterTaskDefinitionRequest.builder();
        Map<String, SdkField<?>> from = old.sdkFieldNameToField();
        for (SdkField<?> to : copy.sdkFields()) {
            SdkField<?> source = from.get(to.locationName());
            Object value = source == null ? null : source.getValueOrDefault(old);
            if (value != null && isSet(value)) {
                to.set(copy, value);
            }
        }
        return copy;
    }

    /** The SDK shows a list that was not sent as an empty one of its own; sent back, it would be something else. */
    private static boolean isSet(Object value) {
        return !(value instanceof List<?> list && list.isEmpty());
    }
}
