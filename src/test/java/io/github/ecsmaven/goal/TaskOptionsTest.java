package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.definition.TaskChanges;
import io.github.ecsmaven.ecs.definition.TaskChanges.ContainerChanges;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskOptionsTest {
    private static final TaskOptions.Elements NONE = new TaskOptions.Elements(Map.of(), Map.of(), Map.of());

    @Test
    void readWhenPropertiesAreSetFindsTheContainerThatTheyAreFor() {
        TaskChanges changes = read(
                "environment.DB_URL=jdbc:x",
                "environment.spring.name=a=b",
                "secrets.PASSWORD=arn:p",
                "tags.team=shop",
                "proxy.environment.MODE=z",
                "proxy.secrets.KEY=arn:k",
                "file=x.json",
                "cpu=512");
        assertThat(changes)
                .isEqualTo(new TaskChanges(
                        Optional.of("512"),
                        Optional.empty(),
                        Map.of("team", "shop"),
                        Map.of(
                                TaskChanges.CHOSEN,
                                new ContainerChanges(
                                        Map.of("DB_URL", "jdbc:x", "spring.name", "a=b"), Map.of("PASSWORD", "arn:p")),
                                "proxy",
                                new ContainerChanges(Map.of("MODE", "z"), Map.of("KEY", "arn:k")))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "enviroment.A=b | write ecs.taskDefinition.environment.A.",
                "memry=1 | write ecs.taskDefinition.memory.",
                "proxy.enviroment.A=b | write ecs.taskDefinition.proxy.environment.A.",
                "xyzzy=1 | there are file, cpu, memory,",
            })
    void readWhenAPropertyIsUnknownNamesTheNearest(String property, String next) {
        assertThat(catchThrowableOfType(Problem.class, () -> read(property)).next())
                .startsWith(next);
    }

    private static TaskChanges read(String... lines) {
        Properties properties = new Properties();
        for (String line : lines) {
            String[] parts = line.split("=", 2);
            properties.setProperty("ecs.taskDefinition." + parts[0], parts[1]);
        }
        return TaskOptions.read(new MapOption(List.of(properties)), cpu(properties), Optional.empty(), NONE);
    }

    private static Optional<String> cpu(Properties properties) {
        return Optional.ofNullable(properties.getProperty("ecs.taskDefinition.cpu"));
    }
}
