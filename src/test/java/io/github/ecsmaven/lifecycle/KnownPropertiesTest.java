package io.github.ecsmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownPropertiesTest {
    /** Every property that is promised to users. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "skip region profile roleArn endpoint sandbox sandbox.home sandbox.port",
                "repository registry to.image tags createRepository from.image from.platforms",
                "container.ports container.jvmFlags container.environment container.environment.A container.labels",
                "container.labels.a container.user container.entrypoint container.args container.mainClass",
                "container.workingDirectory container.volumes container.format container.creationTime",
                "container.filesModificationTime container.appRoot container.extraClasspath",
                "container.expandClasspathDependencies",
                "test.skip test.port test.wait.path test.wait.log test.wait.status test.timeout test.environment",
                "test.environment.A test.network test.services test.services.db.environment.A test.ryuk url host port",
                "cluster service containerName mode wait timeout rollback dryRun"
            })
    void complaintsWhenAPromisedPropertyIsGivenAreNone(String names) {
        Properties properties = new Properties();
        for (String name : names.split(" ")) {
            properties.setProperty("ecs." + name, "x");
        }

        assertThat(KnownProperties.ofThisPlugin().complaints(properties)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ecs.cluser, Unknown property 'ecs.cluser'; did you mean 'ecs.cluster'?",
        "ecs.Service, Unknown property 'ecs.Service'; did you mean 'ecs.service'?",
        "ecs.somethingElse, Unknown property 'ecs.somethingElse'; it has no effect.",
        "ecs.mainClass, Unknown property 'ecs.mainClass'; did you mean 'ecs.container.mainClass'?",
        "ecs.foo, Unknown property 'ecs.foo'; it has no effect.",
        "ecs.tag, Unknown property 'ecs.tag'; did you mean 'ecs.tags'?",
        "ecs.container.enviroment.A, Unknown property 'ecs.container.enviroment.A'; did you mean 'ecs.container.environment.A'?",
        "ecs.container.env.DB.URL, Unknown property 'ecs.container.env.DB.URL'; did you mean 'ecs.container.environment.DB.URL'?",
        "ecs.container.label.team, Unknown property 'ecs.container.label.team'; did you mean 'ecs.container.labels.team'?",
        "ecs.container.enviroment, Unknown property 'ecs.container.enviroment'; did you mean 'ecs.container.environment'?",
        "ecs.container.mainClass.x, Unknown property 'ecs.container.mainClass.x'; did you mean 'ecs.container.mainClass'?",
        "ecs.cluster,",
        "ecs.test.environment.DB,",
        "ecs.notify.mail.to,",
        "ecs.notify.slack.ulr, Unknown property 'ecs.notify.slack.ulr'; did you mean 'ecs.notify.slack.url'?",
        "ecs.test.services.db.port,",
        "ecs.services.db.port,",
        "other.cluser,"
    })
    void complaintsWhenAPropertyIsUnknownNameTheNearest(String name, String complaint) {
        Properties properties = new Properties();
        properties.setProperty(name, "x");

        assertThat(new KnownProperties(
                                () -> Set.of("ecs.cluster", "ecs.service", "ecs.container.mainClass", "ecs.tags"))
                        .complaints(properties))
                .isEqualTo(complaint == null ? List.of() : List.of(complaint));
    }
}
