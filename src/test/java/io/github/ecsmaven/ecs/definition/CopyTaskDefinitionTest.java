package io.github.ecsmaven.ecs.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

class CopyTaskDefinitionTest {
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
    void requestLeavesTheTagsOfAwsAndListsThatWereNotSent() {
        TaskDefinition old = TaskDefinition.builder()
                .family("orders")
                .containerDefinitions(ContainerDefinition.builder().name("app").build())
                .build();
        RegisterTaskDefinitionRequest copy =
                CopyTaskDefinition.request(old, List.of(tag("team", "shop"), tag("aws:made", "x")));

        assertThat(copy.tags()).containsExactly(tag("team", "shop"));
        assertThat(copy.hasVolumes()).as("a list that was not sent").isFalse();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
