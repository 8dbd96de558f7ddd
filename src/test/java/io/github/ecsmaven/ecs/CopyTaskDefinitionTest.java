package io.github.ecsmaven.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.utils.builder.SdkBuilder;

class CopyTaskDefinitionTest {
    private static final String IMAGE = "registry/orders@sha256:" + "a".repeat(64);

    @Test
    void everyFieldTravels() {
        TaskDefinition old = filled(TaskDefinition.builder());
        String container = old.containerDefinitions().get(0).name();

        RegisterTaskDefinitionRequest copy = CopyTaskDefinition.withImage(old, List.of(), container, IMAGE);

        Map<String, SdkField<?>> from = old.sdkFieldNameToField();
        List<String> compared = new ArrayList<>();
        for (SdkField<?> to : copy.sdkFields()) {
            SdkField<?> source = from.get(to.locationName());
            if (source == null || to.locationName().equals("containerDefinitions")) {
                continue;
            }
            assertThat(to.getValueOrDefault(copy)).as(to.locationName()).isEqualTo(source.getValueOrDefault(old));
            assertThat(to.getValueOrDefault(copy)).as(to.locationName()).isNotNull();
            compared.add(to.locationName());
        }
        assertThat(compared)
                .contains("family", "volumes", "runtimePlatform", "enableFaultInjection", "ephemeralStorage");
        assertThat(copy.containerDefinitions())
                .containsExactly(old.containerDefinitions().get(0).toBuilder()
                        .image(IMAGE)
                        .build());
    }

    @Test
    void onlyTagsAreNotInTheTaskDefinitionItself() {
        List<String> known = TaskDefinition.builder().build().sdkFields().stream()
                .map(SdkField::locationName)
                .toList();
        assertThat(RegisterTaskDefinitionRequest.builder().build().sdkFields().stream()
                        .map(SdkField::locationName)
                        .filter(name -> !known.contains(name)))
                .containsExactly("tags");
    }

    @Test
    void otherContainersStayAndTagsTravelButThoseOfAws() {
        TaskDefinition old = TaskDefinition.builder()
                .family("orders")
                .containerDefinitions(
                        ContainerDefinition.builder().name("app").image("old").build(),
                        ContainerDefinition.builder()
                                .name("proxy")
                                .image("envoy")
                                .build())
                .build();
        RegisterTaskDefinitionRequest copy =
                CopyTaskDefinition.withImage(old, List.of(tag("team", "shop"), tag("aws:made", "x")), "app", IMAGE);

        assertThat(copy.containerDefinitions().stream().map(ContainerDefinition::image))
                .containsExactly(IMAGE, "envoy");
        assertThat(copy.tags()).containsExactly(tag("team", "shop"));
        assertThat(copy.hasVolumes()).as("a list that was not sent").isFalse();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    @SuppressWarnings("unchecked")
    private static <T> T filled(SdkBuilder<?, T> builder) {
        fill((SdkPojo) builder);
        return builder.build();
    }

    private static void fill(SdkPojo builder) {
        for (SdkField<?> field : builder.sdkFields()) {
            field.set(builder, value(field));
        }
    }

    private static Object value(SdkField<?> field) {
        MarshallingType<?> type = field.marshallingType();
        if (type == MarshallingType.LIST) {
            return List.of(value(field.getTrait(ListTrait.class).memberFieldInfo()));
        }
        if (type == MarshallingType.MAP) {
            return Map.of("key", value(field.getTrait(MapTrait.class).valueFieldInfo()));
        }
        if (type == MarshallingType.SDK_POJO) {
            SdkPojo inner = field.constructor().get();
            fill(inner);
            return ((SdkBuilder<?, ?>) inner).build();
        }
        return scalar(field.locationName(), type);
    }

    private static Object scalar(String name, MarshallingType<?> type) {
        if (type == MarshallingType.INTEGER) {
            return 7;
        }
        if (type == MarshallingType.LONG) {
            return 7L;
        }
        if (type == MarshallingType.DOUBLE) {
            return 7.5;
        }
        if (type == MarshallingType.BOOLEAN) {
            return true;
        }
        if (type == MarshallingType.INSTANT) {
            return Instant.EPOCH;
        }
        if (type == MarshallingType.DOCUMENT) {
            return Document.fromString(name);
        }
        return "text of " + name;
    }
}
