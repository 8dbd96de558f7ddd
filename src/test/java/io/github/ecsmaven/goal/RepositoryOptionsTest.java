package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryOptionsTest {
    @TempDir
    Path folder;

    @Test
    void lifecyclePolicyWhenANumberKeepsThatMany() {
        assertThat(RepositoryOptions.lifecyclePolicy("30", folder))
                .isEqualTo(
                        "{\"rules\":[{\"rulePriority\":1,\"description\":\"keep the newest 30 images\",\"selection\":"
                                + "{\"tagStatus\":\"any\",\"countType\":\"imageCountMoreThan\",\"countNumber\":30},"
                                + "\"action\":{\"type\":\"expire\"}}]}");
    }

    @Test
    void lifecyclePolicyWhenAFileIsItsText() throws Exception {
        Files.writeString(folder.resolve("policy.json"), "{\"rules\": []}");
        assertThat(RepositoryOptions.lifecyclePolicy("policy.json", folder)).isEqualTo("{\"rules\": []}");
    }

    @Test
    void lifecyclePolicyWhenNotJsonSaysWhere() throws Exception {
        Files.writeString(folder.resolve("policy.json"), "{\n  \"rules\": [,]\n}");
        assertThat(refused("policy.json"))
                .contains("policy.json' is not JSON (ecs.repository.lifecyclePolicy): line 2, column 13.");
    }

    @Test
    void lifecyclePolicyWhenNoPolicySaysSo() throws Exception {
        Files.writeString(folder.resolve("policy.json"), "{}");
        assertThat(refused("policy.json")).contains("it has no list 'rules'");
        assertThat(refused("0")).contains("does not exist (ecs.repository.lifecyclePolicy).", "Next: name a JSON file");
    }

    private String refused(String option) {
        return catchThrowableOfType(Problem.class, () -> RepositoryOptions.lifecyclePolicy(option, folder))
                .text();
    }
}
