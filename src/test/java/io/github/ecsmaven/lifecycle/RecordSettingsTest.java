package io.github.ecsmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Model;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordSettingsTest {
    private final List<String> warnings = new ArrayList<>();

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "ecs.history, builds, true, true, 0",
        "ecs.report, false, false, true, 0",
        "ecs.report, FALSE, false, true, 0",
        "ecs.report, '', true, true, 0",
        "ecs.report.github, false, true, false, 0",
        // One that is no switch takes the record from nobody.
        "ecs.report, flase, true, true, 1",
        "ecs.report.github, yes, true, true, 1",
    })
    void recordIsSwitchedOffByFalseAlone(String property, String value, boolean on, boolean github, int told) {
        Properties given = new Properties();
        given.setProperty(property, value);

        RecordSettings settings = RecordSettings.of(session(given), warnings::add);

        assertThat(settings.on()).isEqualTo(on);
        assertThat(settings.github()).isEqualTo(github);
        assertThat(warnings)
                .hasSize(told)
                .allMatch(text -> text.equals("'" + value + "' is neither true nor false (" + property
                        + "); it counts as true.\nNext: write " + property + "=false, or leave it out."));
    }

    @SuppressWarnings("deprecation") // Maven 3 has no other constructor that takes a request.
    private static MavenSession session(Properties given) {
        MavenSession session = new MavenSession(
                null,
                null,
                new DefaultMavenExecutionRequest().setUserProperties(given),
                new DefaultMavenExecutionResult());
        session.setProjects(List.of(new MavenProject(new Model())));
        return session;
    }
}
