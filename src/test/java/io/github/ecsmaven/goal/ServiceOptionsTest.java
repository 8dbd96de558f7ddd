package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.container.ServicesRequest.Service;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceOptionsTest {
    private final Properties pom = new Properties();
    private final Properties commandLine = new Properties();

    @ParameterizedTest
    @CsvSource({
        "postgres:16,                                       postgres, postgres:16",
        "' redis ',                                         redis,    redis",
        "db=postgres:16,                                    db,       postgres:16",
        "' =postgres:16',                                   postgres, postgres:16",
        "public.ecr.aws/docker/library/postgres:16,         postgres, public.ecr.aws/docker/library/postgres:16",
        "localhost:5000/stub,                               stub,     localhost:5000/stub",
        "127.0.0.1:5000/shop/stub:1.0,                      stub,     127.0.0.1:5000/shop/stub:1.0",
        "a/b@sha256:0123456789012345678901234567890123456789012345678901234567890123, b,"
                + " a/b@sha256:0123456789012345678901234567890123456789012345678901234567890123",
        "my-queue-1=rabbitmq:4,                             my-queue-1, rabbitmq:4"
    })
    void readWhenAnItemIsGivenNamesIt(String item, String name, String image) {
        assertThat(read(item).services())
                .extracting(Service::name, Service::image)
                .containsExactly(tuple(name, image));
        assertThat(ServiceNames.of(item)).contains(name);
    }

    @ParameterizedTest
    @CsvSource({
        ",      ,              ",
        "'',    ' ',           ",
        "' ',   redis:7, redis",
        ",      redis:7, redis",
        "' q ', redis:7, q",
        "q,     ,        q"
    })
    void nameWhenGivenAsElementsIsItsOwnElseTheImages(String name, String image, String expected) {
        TestService service = new TestService();
        service.name = name;
        service.image = image;
        assertThat(service.name()).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void readWhenItemsAreBlankLeavesThemOut() {
        assertThat(options()
                        .read(List.of(new TestService(), item(" "), item("="), item("db=redis:7")))
                        .services())
                .extracting(Service::name)
                .containsExactly("db");
    }

    @Test
    void readWhenNothingMoreIsGivenHasItsDefaults() {
        assertThat(read("postgres:16", "").services())
                .containsExactly(new Service(
                        "postgres",
                        "postgres:16",
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        List.of(),
                        Path.of("postgres.log")));
    }

    @Test
    void readWhenPropertiesAreGivenReadsThemTheNearerFirst() {
        TestService element = item("db=postgres:16");
        element.port = "1";
        element.command = "element";
        element.environment = Map.of("A", "element", "B", "element", "C", "element");
        pom.setProperty("ecs.test.services.db.port", "5432");
        pom.setProperty("ecs.test.services.db.wait.log", "ready to .*");
        pom.setProperty("ecs.test.services.db.environment", "B=pom,C=pom");
        pom.setProperty("ecs.test.services.db.environment.SPRING.NAME", "dots");
        commandLine.setProperty("ecs.test.services.db.environment.C", "c,d");
        commandLine.setProperty("ecs.test.services.db.command", "-c,fsync=off\\,1");

        assertThat(options().read(List.of(element)).services())
                .containsExactly(new Service(
                        "db",
                        "postgres:16",
                        Optional.of(5432),
                        Optional.of("ready to .*"),
                        Map.of("A", "element", "B", "pom", "C", "c,d", "SPRING.NAME", "dots"),
                        List.of("-c", "fsync=off,1"),
                        Path.of("db.log")));
    }

    @Test
    void readWhenNothingIsListedGivesNothing() {
        assertThat(options().read(null).services()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redis:7,redis:6 | Two services are named 'redis' (ecs.test.services).",
                "node.js:1 | 'node.js' can't be the name of a service (ecs.test.services): it is a host name of lower"
                        + " case letters, digits and '-', without dots.",
                "a.b=redis:7 | 'a.b' can't be the name of a service (ecs.test.services): it is a host name of lower case"
                        + " letters, digits and '-', without dots.",
                "my_queue=rabbitmq:4 | 'my_queue' can't be the name of a service (ecs.test.services): it is a host name of"
                        + " lower case letters, digits and '-', without dots.",
                "db= | The service 'db' has no image (ecs.test.services).",
                "docker://redis:7 | 'docker://redis:7' is no image of a service (ecs.test.services): there are no"
                        + " prefixes here.",
                "db=Postgres:16 | 'Postgres:16' is no image of a service (ecs.test.services).",
            })
    void readWhenAnItemCanNotBeRightRefuses(String items, String what) {
        assertRefused(what, items.split(","));
    }

    @ParameterizedTest
    @CsvSource({
        "my_queue=rabbitmq:4, name it my-queue=rabbitmq:4 (-Decs.test.services).",
        "shop/my_queue:1,     name it my-queue=shop/my_queue:1 (-Decs.test.services).",
        "node.js:1,           name it node-js=node.js:1 (-Decs.test.services).",
        "_=redis:7,           name it db=redis:7 (-Decs.test.services)."
    })
    void readWhenANameWillNotDoSaysWhichWill(String item, String next) {
        assertThatThrownBy(() -> read(item)).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.next())
                .isEqualTo(next));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "db.prot | 1 | Unknown property 'ecs.test.services.db.prot'.",
                "db.waitLog | x | Unknown property 'ecs.test.services.db.waitLog'.",
                "db. | x | Unknown property 'ecs.test.services.db.'.",
                "db | postgres:16 | Unknown property 'ecs.test.services.db'.",
                "queue | rabbitmq:4 | Unknown property 'ecs.test.services.queue'.",
                "db.port | many | 'many' is not a port (ecs.test.services.db.port).",
                "db.port | 0 | '0' is not a port (ecs.test.services.db.port).",
                "db.port | 65536 | '65536' is not a port (ecs.test.services.db.port).",
                "db.wait.log | ( | '(' is not a regular expression (ecs.test.services.db.wait.log): Unclosed group.",
                "db.environment | A | 'ecs.test.services.db.environment' has an entry without the form NAME=value.",
            })
    void readWhenAPropertyCanNotBeRightRefuses(String key, String value, String what) {
        pom.setProperty("ecs.test.services." + key, value);
        assertRefused(what, "db=postgres:16");
    }

    private void assertRefused(String what, String... items) {
        assertThatThrownBy(() -> read(items)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.what()).isEqualTo(what);
            assertThat(problem.blame()).isEqualTo(Problem.Blame.PROJECT);
            assertThat(problem.next()).isNotEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "prot, did you mean 'ecs.test.services.db.port'?",
        "waitlog, did you mean 'ecs.test.services.db.wait.log'?",
        "xyzzy.abcdefgh, 'use one of ecs.test.services.db.port, command, wait.log, environment.NAME.'"
    })
    void readWhenAPropertyIsUnknownNamesTheNearest(String key, String next) {
        pom.setProperty("ecs.test.services.db." + key, "1");
        assertThatThrownBy(() -> read("db=postgres:16"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.next()).isEqualTo(next));
    }

    @Test
    void readWhenAServiceIsNotListedWarns() {
        pom.setProperty("ecs.test.services.bd.port", "5432");
        pom.setProperty("ecs.test.services.other.command", "x");
        assertThat(read("db=postgres:16").warnings())
                .containsExactly(
                        "'ecs.test.services.bd.port' has no effect: ecs.test.services lists no service 'bd'; did you mean"
                                + " 'ecs.test.services.db.port'?",
                        "'ecs.test.services.other.command' has no effect: ecs.test.services lists no service 'other'.");
    }

    private ServiceOptions.Read read(String... items) {
        return options().read(Stream.of(items).map(ServiceOptionsTest::item).toList());
    }

    private ServiceOptions options() {
        return new ServiceOptions(new MapOption(List.of(pom, commandLine)), name -> Path.of(name + ".log"));
    }

    private static TestService item(String text) {
        TestService service = new TestService();
        service.set(text);
        return service;
    }
}
