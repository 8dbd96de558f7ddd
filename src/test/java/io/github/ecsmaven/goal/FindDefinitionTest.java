package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.definition.ProjectFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindDefinitionTest {
    @TempDir
    Path project;

    @Test
    void runWhenThereAreFilesTakesTheNearest() throws Exception {
        assertThat(find(null, "orders")).isEmpty();
        write("src/main/ecs/task-definition.yml");
        write("src/main/ecs/worker/task-definition.json");
        write("deploy/x.yaml");
        assertThat(find(null, "orders")).contains("src/main/ecs/task-definition.yml");
        assertThat(find(null, "worker")).contains("src/main/ecs/worker/task-definition.json");
        assertThat(find("deploy/x.yaml", "worker")).contains("deploy/x.yaml");
    }

    @Test
    void runWhenTheNamedFileIsMissingNamesTheNearest() throws Exception {
        write("deploy/orders.json");
        Problem problem = catchThrowableOfType(Problem.class, () -> find("deploy/order.json", "orders"));
        assertThat(problem.text())
                .isEqualTo("There is no file 'deploy/order.json' in the project (ecs.taskDefinition.file).\n"
                        + "  Near: orders.json\nNext: correct ecs.taskDefinition.file.");
    }

    @Test
    void runWhenThereAreTwoForms() throws Exception {
        write("src/main/ecs/task-definition.json");
        write("src/main/ecs/task-definition.yaml");
        assertThat(catchThrowableOfType(Problem.class, () -> find(null, "orders"))
                        .evidence())
                .containsExactly("src/main/ecs/task-definition.json", "src/main/ecs/task-definition.yaml");
    }

    @Test
    void runWhenItIsNoText() throws Exception {
        Files.write(write("x.json"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThat(catchThrowableOfType(Problem.class, () -> find("x.json", "orders"))
                        .what())
                .isEqualTo("x.json is not text in UTF-8.");
    }

    private Path write(String name) throws Exception {
        Path file = project.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "{}");
    }

    private Optional<String> find(String named, String service) {
        return new FindDefinition(project, Map.of())
                .run("ecs.taskDefinition.file", Optional.ofNullable(named), service, "task-definition")
                .map(ProjectFile::name);
    }
}
