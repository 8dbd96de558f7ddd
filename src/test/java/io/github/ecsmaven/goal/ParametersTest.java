package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.ecsmaven.container.ContainerRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.junit.jupiter.api.Test;

/** What Maven makes of parameters: defaults of the descriptor, lists and maps. */
@MojoTest
class ParametersTest {
    private static final String HEAD = "<project><build><plugins><plugin><groupId>io.github.ecsmaven</groupId>"
            + "<artifactId>ecs-maven-plugin</artifactId>";
    private static final String TAIL = "</plugin></plugins></build></project>";
    private static final String POM = HEAD + TAIL;
    private static final String WITH_SERVICES = HEAD
            + "<configuration><testServices><service><name>db</name><image>postgres:16</image><port>5432</port>"
            + "<waitLog>ready to .*</waitLog><command>-c,fsync=off</command>"
            + "<environment><POSTGRES_PASSWORD>x</POSTGRES_PASSWORD></environment></service>"
            + "<testService><image>redis:7</image></testService><service>queue=rabbitmq:4</service>"
            + "</testServices></configuration>" + TAIL;
    private static final String WITH_MAP = HEAD
            + "<configuration><containerEnvironment><A>b</A><C>d</C></containerEnvironment></configuration>" + TAIL;

    @Test
    @InjectMojo(goal = "image", pom = POM)
    void imageWhenNothingIsGivenHasItsDefaults(ImageMojo mojo) {
        assertThat(mojo.fromPlatforms).containsExactly("linux/amd64");
        assertThat(mojo.containerFormat).isEqualTo("Docker");
        assertThat(mojo.containerCreationTime).isEqualTo("EPOCH");
        assertThat(mojo.skip).isEqualTo("false");
        assertThat(OptionText.list(mojo.containerPorts)).isEmpty();
    }

    @Test
    @InjectMojo(goal = "image", pom = WITH_MAP)
    @MojoParameter(name = "containerPorts", value = "8080,53/udp")
    @MojoParameter(name = "containerJvmFlags", value = "-Xmx256m,-Da=b\\,c")
    void imageWhenListsAndMapsAreGivenReadsThem(ImageMojo mojo) {
        assertThat(OptionText.list(mojo.containerPorts)).containsExactly("8080", "53/udp");
        assertThat(OptionText.list(mojo.containerJvmFlags)).containsExactly("-Xmx256m", "-Da=b,c");
        assertThat(mojo.containerEnvironment).isEqualTo(Map.of("A", "b", "C", "d"));
    }

    @Test
    @InjectMojo(goal = "start", pom = POM)
    void startWhenNothingIsGivenWaitsForThePort(StartMojo mojo) {
        assertThat(mojo.testTimeout).isEqualTo("60s");
        assertThat(mojo.readiness(false))
                .isEqualTo(new ContainerRequest.Readiness(Optional.empty(), List.of(200), Optional.empty()));
        assertThat(mojo.readiness(true))
                .isEqualTo(new ContainerRequest.Readiness(
                        Optional.of("/actuator/health"), List.of(200), Optional.empty()));
    }

    @Test
    @InjectMojo(goal = "start", pom = POM)
    @MojoParameter(name = "testWaitStatus", value = "200,401")
    @MojoParameter(name = "testWaitLog", value = "Started .* in")
    void startWhenALogLineIsGivenAsksForNoPath(StartMojo mojo) {
        assertThat(mojo.readiness(true))
                .isEqualTo(new ContainerRequest.Readiness(
                        Optional.empty(), List.of(200, 401), Optional.of("Started .* in")));
    }

    @Test
    @InjectMojo(goal = "start", pom = POM)
    void startWhenNothingIsGivenNeedsNoServiceAndNoRyuk(StartMojo mojo) {
        assertThat(mojo.testServices).isNullOrEmpty();
        assertThat(mojo.testRyuk).isEqualTo("false");
    }

    @Test
    @InjectMojo(goal = "start", pom = POM)
    @MojoParameter(name = "testServices", value = "public.ecr.aws/docker/library/postgres:16, queue=rabbitmq:4")
    void startWhenServicesAreAListReadsEach(StartMojo mojo) {
        assertThat(mojo.testServices)
                .extracting(TestService::name, TestService::image)
                .containsExactly(
                        tuple(Optional.of("postgres"), "public.ecr.aws/docker/library/postgres:16"),
                        tuple(Optional.of("queue"), "rabbitmq:4"));
    }

    @Test
    @InjectMojo(goal = "start", pom = WITH_SERVICES)
    void startWhenServicesAreElementsReadsThem(StartMojo mojo) {
        assertThat(mojo.testServices)
                .extracting(TestService::name, TestService::image)
                .containsExactly(
                        tuple(Optional.of("db"), "postgres:16"),
                        tuple(Optional.of("redis"), "redis:7"),
                        tuple(Optional.of("queue"), "rabbitmq:4"));
        TestService db = mojo.testServices.get(0);
        assertThat(db.environment).isEqualTo(Map.of("POSTGRES_PASSWORD", "x"));
        assertThat(List.of(db.port, db.waitLog, db.command)).containsExactly("5432", "ready to .*", "-c,fsync=off");
    }

    @Test
    @InjectMojo(goal = "push", pom = POM)
    @MojoParameter(name = "tags", value = "1.4.0,latest")
    void pushWhenTagsAreGivenReadsTheList(PushMojo mojo) {
        assertThat(mojo.tags).containsExactly("1.4.0", "latest");
        assertThat(mojo.createRepository).isEqualTo("false");
        assertThat(mojo.dryRun).isEqualTo("false");
        assertThat(mojo.sandboxPort).isEqualTo("4747");
        assertThat(mojo.sandboxHome).hasName(".ecs-sandbox");
    }

    @Test
    @InjectMojo(goal = "redeploy", pom = POM)
    @MojoParameter(name = "service", value = "orders,orders-worker")
    void redeployWhenServicesAreGivenReadsTheListAndItsDefaults(RedeployMojo mojo) {
        assertThat(mojo.service).containsExactly("orders", "orders-worker");
        assertThat(mojo.cluster).isEqualTo("default");
        assertThat(mojo.mode).isEqualTo("revision");
        assertThat(mojo.await).isEqualTo("true");
        assertThat(mojo.timeout).isEqualTo("15m");
        assertThat(mojo.rollback).isEqualTo("true");
    }
}
