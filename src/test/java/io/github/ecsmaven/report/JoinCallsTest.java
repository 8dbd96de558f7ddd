package io.github.ecsmaven.report;

import static io.github.ecsmaven.report.Builds.call;
import static io.github.ecsmaven.report.Builds.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.ecsmaven.report.BuildRecord.Outcome;
import io.github.ecsmaven.report.BuildRecord.Stage;
import io.github.ecsmaven.report.BuildRecord.Status;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JoinCallsTest {
    private static final String MORNING = "2026-11-26T08:00:00Z";

    @ParameterizedTest(name = "{0} then {3}")
    @CsvSource({
        // The CI's id decides, whatever the calls do.
        "compile, 41, a, push,            41, a, 2026-11-26T20:30:00Z, true",
        "compile, 41, a, compile,         41, b, 2026-11-26T08:10:00Z, true",
        "compile, 41, a, push,            42, a, 2026-11-26T08:10:00Z, false",
        "compile, 41, a, push,            ,   a, 2026-11-26T08:10:00Z, false",
        // Without a CI who only deploys goes on with what he has built.
        "image,   ,   a, push,            ,   a, 2026-11-26T08:10:00Z, true",
        "image,   ,   a, rollout,         ,   a, 2026-11-26T08:10:00Z, true",
        "image,   ,   a, push,            ,   b, 2026-11-26T08:10:00Z, false",
        "image,   ,   a, push,            ,   a, 2026-11-26T20:10:00Z, false",
        "image,   ,   a, compile push,    ,   a, 2026-11-26T08:10:00Z, false",
        "image push, , a, push,           ,   a, 2026-11-26T08:10:00Z, false",
        // Deployed is deployed.
        "image rollout, , a, rollout,     ,   a, 2026-11-26T08:10:00Z, false",
        "image rollout, , a, upload,      ,   a, 2026-11-26T08:10:00Z, false",
        "upload,  ,   a, upload,          ,   a, 2026-11-26T08:10:00Z, false",
        "upload,  ,   a, rollout,         ,   a, 2026-11-26T08:10:00Z, false",
        "upload!, ,   a, upload,          ,   a, 2026-11-26T08:10:00Z, false",
        "push!,   ,   a, push,            ,   a, 2026-11-26T08:10:00Z, false",
        // Or it is tried again, if what was built is good.
        "image push!, , a, push,          ,   a, 2026-11-26T08:10:00Z, true",
        "image upload!, , a, upload,      ,   a, 2026-11-26T08:10:00Z, true",
        "image rollout upload!, , a, rollout upload, , a, 2026-11-26T08:10:00Z, true",
        "image upload!, , a, upload,      ,   a, 2026-11-26T20:10:00Z, false",
        "compile!, ,  a, upload,          ,   a, 2026-11-26T08:10:00Z, false",
        "image upload! other goals!, , a, upload, , a, 2026-11-26T08:10:00Z, false",
        // A rollback by hand is a build of its own, also in a CI.
        "image,   ,   a, rollback,        ,   a, 2026-11-26T08:10:00Z, false",
        "image rollout, , a, rollback,    ,   a, 2026-11-26T08:10:00Z, false",
        "rollback!, , a, upload,          ,   a, 2026-11-26T08:10:00Z, false",
        "rollback!, , a, rollback,        ,   a, 2026-11-26T08:10:00Z, false",
        "image rollout, 41, a, rollback,  41, a, 2026-11-26T08:10:00Z, false",
        "rollback, 41, a, rollout,        41, a, 2026-11-26T08:10:00Z, false",
    })
    void callsAreOneBuildWhen(
            String did,
            String build,
            String digest,
            String doesNow,
            String buildNow,
            String digestNow,
            String at,
            boolean one) {
        BuildRecord earlier = call("one", build, MORNING, stages(did), digest);
        BuildRecord now = call("two", buildNow, at, stages(doesNow), digestNow);

        assertThat(JoinCalls.areOne(earlier, now)).isEqualTo(one);
    }

    /** On a machine that has nothing but the history; the newest build there with the CI's id did {@code did}. */
    @ParameterizedTest(name = "{0}, then {3} at {2}: {4}")
    @CsvSource({
        "compile image, 41, 2026-11-26T08:10:00Z, push rollout,  true",
        "compile image, 42, 2026-11-26T08:10:00Z, push rollout,  false",
        "compile image, ,   2026-11-26T08:10:00Z, push rollout,  false",
        // A job of a matrix.
        "compile image, 41, 2026-11-26T08:10:00Z, compile image, false",
        "compile image, 41, 2026-11-26T08:10:00Z, image push,    false",
        // Beside it.
        "compile image, 41, 2026-11-26T07:59:00Z, push,          false",
    })
    void callGoesOnWithABuildOfTheHistoryWhen(String did, String build, String at, String doesNow, boolean goesOn) {
        BuildRecord older = call("one", build, "2026-11-26T07:00:00Z", stages("preflight"), null);
        BuildRecord newest = call("two", build, MORNING, stages(did), null);
        BuildRecord other = call("three", "40", MORNING, stages("compile"), null);
        BuildRecord now = call("four", build == null ? null : "41", at, stages(doesNow), null);

        assertThat(JoinCalls.earlier(List.of(older, newest, other), now).map(BuildRecord::id))
                .isEqualTo(goesOn ? Optional.of("two") : Optional.empty());
    }

    @Test
    void deployThatFailedIsTriedAgainInTheSameBuild() {
        BuildRecord failed = call("one", null, MORNING, stages("image push!"), "a");
        BuildRecord again = call("two", null, "2026-11-26T08:10:00Z", stages("push"), "a");

        assertThat(JoinCalls.areOne(failed, again)).isTrue();
        BuildRecord build = JoinCalls.join(failed, again);
        assertThat(build.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(JoinCalls.areOne(build, call("three", null, "2026-11-26T08:20:00Z", stages("push"), "a")))
                .isFalse();
    }

    @Test
    void joinKeepsTheFirstNameAndAddsWhatWasDone() {
        BuildRecord verify = call(
                "one",
                "41",
                MORNING,
                List.of(
                        stage("checkout", Status.DONE, 3),
                        stage("compile", Status.DONE, 5),
                        stage("push", Status.NOT_RUN, 0)),
                "a");
        BuildRecord deploy = call(
                "two",
                "41",
                "2026-11-26T08:01:00Z",
                List.of(
                        stage("compile", Status.DONE, 1),
                        stage("push", Status.DONE, 4),
                        stage("rollout", Status.FAILED, 9),
                        stage("preflight", Status.DONE, 1)),
                "a");

        BuildRecord build = JoinCalls.join(verify, deploy);

        assertThat(build.id()).isEqualTo("one");
        assertThat(build.seconds()).isEqualTo(60);
        assertThat(build.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(build.modules()).singleElement().satisfies(module -> assertThat(module.stages())
                .extracting(Stage::stage, Stage::status, Stage::seconds)
                .containsExactly(
                        tuple("checkout", Status.DONE, 3.0),
                        tuple("preflight", Status.DONE, 1.0),
                        tuple("compile", Status.DONE, 6.0),
                        tuple("push", Status.DONE, 4.0),
                        tuple("rollout", Status.FAILED, 9.0)));
    }

    /** What runs where: also when the build was promoted from one cluster to the other. */
    @Test
    void joinKeepsTheServicesOfEachClusterAsTheyEndedLast() {
        BuildRecord build = Stream.of("uat FAILED", "uat COMPLETED", "production COMPLETED")
                .map(rollout -> deployed(rollout.split(" ")[0], rollout.split(" ")[1]))
                .reduce(JoinCalls::join)
                .orElseThrow();

        assertThat(build.modules().get(0).services())
                .extracting(BuildRecord.Service::cluster, BuildRecord.Service::outcome)
                .containsExactly(tuple("uat", "COMPLETED"), tuple("production", "COMPLETED"));
    }

    private static BuildRecord deployed(String cluster, String outcome) {
        return call("one", "41", MORNING, stages("rollout"), null)
                .with(
                        "7",
                        List.of(new BuildRecord.Module(
                                "orders",
                                stages("rollout"),
                                Optional.empty(),
                                List.of(new BuildRecord.Service(
                                        cluster, "orders", "ecs-svc/1", outcome, 1, Optional.empty(), List.of())))));
    }

    @Test
    void joinWhenALaterCallDoesNotComeToWhatFailedStaysFailed() {
        BuildRecord failed = call("one", "41", MORNING, List.of(stage("unit tests", Status.FAILED, 1)), null);
        BuildRecord after = call("two", "41", MORNING, stages("package"), null);

        assertThat(JoinCalls.join(failed, after).outcome()).isEqualTo(Outcome.FAILED);
    }

    /** @param names with {@code !} for one that failed; {@code other goals} is one */
    private static List<Stage> stages(String names) {
        return Stream.of(names.split(" (?!goals)"))
                .map(name -> name.endsWith("!")
                        ? stage(name.substring(0, name.length() - 1), Status.FAILED, 1)
                        : stage(name, Status.DONE, 1))
                .toList();
    }
}
