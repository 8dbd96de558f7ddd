package io.github.ecsmaven.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Digest;
import io.github.ecsmaven.ecs.Rollout.Outcome;
import io.github.ecsmaven.ecs.RolloutRequest.Mode;
import io.github.ecsmaven.ecs.RolloutRequest.NewService;
import io.github.ecsmaven.ecs.definition.Wanted;
import io.github.ecsmaven.ecs.verdict.WaitFor;
import io.github.ecsmaven.sandbox.Sandbox;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service's life at the real sandbox process: real tasks of a pushed image, seen as the plugin sees AWS. */
class RedeploySandboxIT {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    @TempDir
    static Path home;

    private static Sandbox sandbox;
    private static SandboxEcs aws;
    private final Told told = new Told();

    @BeforeAll
    static void start() {
        sandbox = new Sandbox(home.resolve("sandbox"), 0, JAVA, System.getProperty("java.class.path"));
        aws = new SandboxEcs(sandbox.ensure(), home.resolve("cache"));
    }

    @AfterAll
    static void stop() {
        aws.close();
        sandbox.stop(true);
    }

    @Test
    void aServiceIsCreatedRolledLeftAloneAndRolledBackByEcs() throws Exception {
        Digest one = aws.push("one", Map.of("VERSION", "1"));
        Rollout created = run("shop", one);
        assertThat(created.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(created.previousTaskDefinition()).isEmpty();
        URI url = URI.create(created.url().orElseThrow());
        assertThat(get(url)).isEqualTo("1");

        Digest two = aws.push("two", Map.of("VERSION", "2"));
        Rollout rolled = run("shop", two);
        assertThat(rolled.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rolled.previousTaskDefinition()).contains(created.taskDefinition());
        assertThat(rolled.url()).contains(url.toString());
        assertThat(get(url)).isEqualTo("2");
        assertThat(told.changes()).doesNotHaveDuplicates();
        assertThat(told.events).isEmpty();
        assertThat(told.warnings).isEmpty();

        aws.calls().clear();
        assertThat(run("shop", two).outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(aws.calls()).containsExactly("DescribeServices", "DescribeTaskDefinition");

        Digest bad = aws.push("bad", Map.of("CRASH", "3"));
        RolloutFailed failed = catchThrowableOfType(RolloutFailed.class, () -> run("shop", bad));
        assertThat(failed.rollout().outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(failed.rollout().taskDefinition()).isEqualTo(rolled.taskDefinition());
        assertThat(failed.problem().what())
                .isEqualTo("ECS rolled shop in uat back to revision 2: the new tasks start and end again.");
        assertThat(failed.problem().text())
                .contains("3 of 3 tasks of revision 3 stopped within ")
                .contains(": Essential container in task exited, exit code 3.")
                .contains("Revision 2 still serves (1 of 1 tasks running).");
        assertThat(get(url)).isEqualTo("2");
    }

    @Test
    void aRestartRunsWhatTheTagMeansNow() throws Exception {
        Digest one = aws.push("moving", Map.of("VERSION", "1"));
        Rollout created = restart(one);
        Digest two = aws.push("moving", Map.of("VERSION", "2"));

        Rollout restarted = restart(two);

        assertThat(restarted.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(restarted.taskDefinition()).isEqualTo(created.taskDefinition());
        assertThat(get(URI.create(restarted.url().orElseThrow()))).isEqualTo("2");

        RolloutFailed wrong = catchThrowableOfType(RolloutFailed.class, () -> restart(one));
        assertThat(wrong.problem().text())
                .startsWith("The rollout of restarted in uat completed, but runs another image.\n")
                .contains("\n  Pushed " + one + ", running " + two + "\n");
    }

    private Rollout run(String service, Digest digest) throws RolloutFailed {
        return run(service, aws.repository() + "@" + digest, digest, Mode.revision);
    }

    private Rollout restart(Digest digest) throws RolloutFailed {
        return run("restarted", aws.repository() + ":moving", digest, Mode.restart);
    }

    private Rollout run(String service, String image, Digest digest, Mode mode) throws RolloutFailed {
        told.clear();
        RolloutRequest request = new RolloutRequest(
                "uat",
                service,
                image,
                digest,
                Set.of(),
                Optional.empty(),
                mode,
                true,
                WaitFor.complete,
                Duration.ofMinutes(1),
                true,
                false,
                Optional.of(new NewService(8080, 128, 1, Map.of())),
                Wanted.NOTHING);
        return Orders.run(
                new RedeployService(aws.apis(), told, Clock.systemUTC(), pause -> Thread.sleep(pause.toMillis())),
                request);
    }

    private static String get(URI url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString())
                .body();
    }
}
