package io.github.ecsmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.ecs.ScriptedServicesMain;
import io.github.ecsmaven.sandbox.ecs.TimedEcs;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A reactor of three services and a library, whose rollouts go each their way at an ECS with scripted tasks. */
@Execution(ExecutionMode.CONCURRENT)
class ReactorRolloutsIT {
    private static final String NEW = "sha256:" + "ef".repeat(32);
    private static final String CRASH = "crash-0s";
    private static final String GOOD = "good-0s";

    @TempDir
    Path folder;

    private TimedEcs aws;

    @BeforeEach
    void start() throws Exception {
        aws = ScriptedServicesMain.started(folder, 3);
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void twoThatFailAreToldWholeAndTheThirdCompletes() {
        MavenBuild build = reactor("fails", CRASH, CRASH, GOOD);

        String console = fails(build.run("ecs:redeploy"));

        assertFailed(console, 1);
        assertFailed(console, 2);
        assertThat(console)
                .containsPattern("service-3 +\\d+ s  completed, running sha256:efefefefefef")
                .containsPattern("service-1 \\.+ FAILURE")
                .containsPattern("service-2 \\.+ FAILURE")
                .containsPattern("service-3 \\.+ SUCCESS");

        assertRollbackGoesOnToo(build);
    }

    /** What was rolled back by ECS has nothing earlier; the third goes back, offline too, and the library has no service. */
    private static void assertRollbackGoesOnToo(MavenBuild build) {
        String console = fails(build.run("ecs:rollback", "-o"));

        assertThat(Stream.of("service-1", "service-2")).allSatisfy(service -> assertThat(console)
                .contains("No deployment of '" + service + "' with another task definition"));
        assertThat(console)
                .containsPattern("service-3 +\\d+ s  Rolled back: revision 1 runs again, after ")
                .contains("There is no service 'words' in uat: nothing to roll back.")
                .containsPattern("service-1 \\.+ FAILURE")
                .containsPattern("service-3 \\.+ SUCCESS")
                .containsPattern("words \\.+ SUCCESS");
    }

    @Test
    void withThreadsItIsTheSame() {
        String console = fails(reactor("fails-with-threads", CRASH, GOOD, CRASH).run("ecs:redeploy", "-T", "3"));

        assertFailed(console, 1);
        assertFailed(console, 3);
        assertThat(console)
                .containsPattern("service-2 +\\d+ s  completed, running sha256:efefefefefef")
                .containsPattern("service-1 \\.+ FAILURE")
                .containsPattern("service-2 \\.+ SUCCESS")
                .containsPattern("service-3 \\.+ FAILURE");
    }

    private static String fails(MavenBuild.Outcome outcome) {
        return outcome.failsWith("BUILD FAILURE").console();
    }

    private static void assertFailed(String console, int service) {
        assertThat(console)
                .containsPattern("The rollout of service-" + service
                        + " in uat to revision 2 goes nowhere: the new tasks start and end again\\.\\R"
                        + "(?:\\[ERROR]   .*\\R)*"
                        + "\\[ERROR]   \\d+ of \\d+ tasks of revision 2 stopped within .*, exit code 1.*\\R"
                        + "(?:\\[ERROR]   .*\\R)*"
                        + "\\[ERROR]   Rolled back: revision 1 runs again\\.\\R"
                        + "(?:\\[ERROR]   .*\\R)*"
                        + "\\[ERROR] Next: ");
    }

    /** @param scripts what each module's image does */
    private MavenBuild reactor(String name, String... scripts) {
        MavenBuild build = MavenBuild.empty("reactor-rollouts", name)
                .environment("AWS_ACCESS_KEY_ID", "test")
                .environment("AWS_SECRET_ACCESS_KEY", "test")
                .environment("AWS_REGION", "eu-west-1")
                .with("-Decs.endpoint=" + aws.endpoint());
        List<String> modules = List.of("words", "service-1", "service-2", "service-3");
        build.parentOf(modules);
        modules.forEach(module -> build.write(module + "/pom.xml", """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <parent><groupId>shop</groupId><artifactId>shop</artifactId><version>1</version></parent>
                  <artifactId>%s</artifactId>
                </project>
                """.formatted(module)));
        for (int i = 0; i < scripts.length; i++) {
            pushed(build, "service-" + (i + 1) + "/target/ecs/", scripts[i]);
        }
        return build;
    }

    /** As ecs:push leaves a module. */
    static void pushed(MavenBuild build, String records, String repository) {
        build.write(records + "image.json", """
                {"name": "x", "digest": "%1$s", "imageId": "%1$s", "base": {"name": "scratch", "digest": "%1$s"},
                 "platforms": ["linux/amd64"], "ports": [8080], "created": "1970-01-01T00:00:00Z", "size": 1, "layers": 1,
                 "newLayers": 0, "newBytes": 0, "loaded": false}
                """.formatted(NEW));
        build.write(records + "push.json", """
                {"registry": "registry", "repository": "%s", "digest": "%s", "tags": ["1"], "bytesSent": 0, "layersSent": 0,
                 "millis": 0}
                """.formatted(repository, NEW));
    }
}
