package io.github.ecsmaven.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.report.BuildRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindEventsTest {
    private static final int NOW = 50;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            the first build of all is good      | SUCCESS main verify             |                     |                                                | success
            the first build of all fails        | FAILED main verify              |                     |                                                | failure
            good after good                     | SUCCESS main verify             |                     | SUCCESS main verify                            | success
            good after failed                   | SUCCESS main verify             |                     | FAILED main verify                             | fixed success
            failed after failed                 | FAILED main verify              |                     | FAILED main verify                             | failure
            failed on another branch            | SUCCESS fix/a verify            |                     | FAILED main verify                             | success
            cut off in between                  | SUCCESS main verify             |                     | FAILED main verify, INTERRUPTED main verify    | fixed success
            cut off                             | INTERRUPTED main verify         |                     | SUCCESS main verify                            |
            deployed                            | SUCCESS main rollout:COMPLETED  |                     | SUCCESS main rollout:COMPLETED                 | deployment success
            deployed after a failure            | SUCCESS main rollout:COMPLETED  |                     | FAILED main rollout:FAILED                     | deployment fixed success
            nobody waited for the rollout       | SUCCESS main rollout:STARTED    |                     |                                                | deployment success
            it ran that already                 | SUCCESS main rollout:UNCHANGED  |                     |                                                | success
            rolled back by ECS                  | FAILED main rollout:ROLLED_BACK |                     |                                                | failure rollback
            rolled back by hand                 | SUCCESS main rollback:COMPLETED |                     | FAILED main rollout:FAILED                     | rollback success
            a rollback by hand fixes nothing    | FAILED main verify              |                     | FAILED main verify, SUCCESS main rollback      | failure
            fixed after a rollback by hand      | SUCCESS main verify             |                     | FAILED main verify, SUCCESS main rollback      | fixed success
            tests of a branch that is deployed  | SUCCESS main verify             |                     | SUCCESS main rollout:COMPLETED                 |
            they fail                           | FAILED main verify              |                     | SUCCESS main rollout:COMPLETED                 | failure
            good again, and yet to be deployed  | SUCCESS main verify             |                     | SUCCESS main rollout:COMPLETED, FAILED main verify |
            then its deploy, a call of its own  | SUCCESS main rollout:COMPLETED  | SUCCESS main verify | SUCCESS main rollout:COMPLETED, FAILED main verify | deployment fixed success
            tests of a front end that is up     | SUCCESS main verify             |                     | SUCCESS main upload                            |
            then its upload, a call of its own  | SUCCESS main upload             | SUCCESS main verify | SUCCESS main upload, FAILED main verify        | fixed success
            the first deploy, a call of its own | SUCCESS main rollout:COMPLETED  | SUCCESS main verify |                                                | deployment
            it fails again in the next call     | FAILED main rollout:FAILED      | FAILED main verify  |                                                |
            it fails in its deploy              | FAILED main rollout:FAILED      | SUCCESS main verify |                                                | failure
            the deploy is tried again, and goes | SUCCESS main rollout:COMPLETED  | FAILED main rollout:FAILED | SUCCESS main rollout:COMPLETED          | deployment fixed success
            """)
    void eventsAreThoseThatThisCallBrings(String label, String build, String before, String earlier, String events) {
        List<BuildRecord> builds = new ArrayList<>();
        for (String one : earlier == null ? new String[0] : earlier.split(",")) {
            builds.add(Samples.build(10 + builds.size(), one));
        }

        assertThat(FindEvents.of(
                                Samples.build(NOW, build),
                                Optional.ofNullable(before).map(state -> Samples.build(NOW, state)),
                                builds)
                        .stream()
                        .map(Event::text)
                        .sorted()
                        .collect(Collectors.joining(" ")))
                .isEqualTo(events == null ? "" : events);
    }

    /** Not the new place alone: what was told of UAT is not told once more. */
    @ParameterizedTest
    @CsvSource({
        "production COMPLETED, deployment, hello in production",
        "production UNCHANGED, '', hello in production",
        "uat COMPLETED, '', hello in uat",
    })
    void promotionOfABuildIsADeploymentOfItsOwn(String promotion, String events, String about) {
        BuildRecord before = deployed("uat COMPLETED");
        BuildRecord build = deployed("uat COMPLETED", promotion);

        assertThat(FindEvents.of(build, Optional.of(before), List.of()).stream()
                        .map(Event::text)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(events);
        assertThat(Notice.of(Event.DEPLOYMENT, FindEvents.told(build, Optional.of(before)))
                        .about())
                .contains(about);
    }

    private static BuildRecord deployed(String... places) {
        BuildRecord build = Samples.build(NOW, "SUCCESS main rollout:COMPLETED");
        BuildRecord.Module module = build.modules().get(0);
        return build.with(
                build.number(),
                List.of(new BuildRecord.Module(
                        module.name(),
                        module.stages(),
                        module.image(),
                        Stream.of(places)
                                .distinct()
                                .map(place -> place.split(" "))
                                .map(place -> new BuildRecord.Service(
                                        place[0], "hello", "ecs-svc/1", place[1], 1, Optional.empty(), List.of()))
                                .toList())));
    }

    /** UAT's front end is none of production; and a call that uploads alone names no service that was told before. */
    @Test
    void whatAnEarlierCallHasBroughtIsNotToldAgain() {
        BuildRecord.Module orders = deployed("uat COMPLETED").modules().get(0);
        BuildRecord.Module production =
                deployed("uat COMPLETED", "production COMPLETED").modules().get(0);
        BuildRecord.Module web = web("shop-uat");
        BuildRecord before =
                deployed("uat COMPLETED").with(deployed("uat COMPLETED").number(), List.of(orders, web));

        assertThat(about(before.with(before.number(), List.of(production, web)), before))
                .contains("hello in production")
                .doesNotContain("shop-uat");
        assertThat(about(before.with(before.number(), List.of(orders, web("shop-production"))), before))
                .contains("s3://shop-production/")
                .doesNotContain("hello");
    }

    private static String about(BuildRecord build, BuildRecord before) {
        return Notice.of(Event.DEPLOYMENT, FindEvents.told(build, Optional.of(before)))
                .about()
                .orElse("");
    }

    private static BuildRecord.Module web(String bucket) {
        return Samples.uploaded(
                        Samples.build(NOW, "SUCCESS main upload"),
                        new BuildRecord.Upload(bucket, "", "set", 3, 3, 0, Optional.empty()))
                .modules()
                .get(0);
    }

    /** A front end may be promoted to another bucket as well. */
    @ParameterizedTest
    @CsvSource({"shop-web, ''", "shop-production, deployment"})
    void promotionOfAFrontEnd(String bucket, String events) {
        BuildRecord build = Samples.build(NOW, "SUCCESS main upload");
        BuildRecord before =
                Samples.uploaded(build, new BuildRecord.Upload("shop-web", "", "set", 3, 3, 0, Optional.empty()));
        BuildRecord now = Samples.uploaded(build, new BuildRecord.Upload(bucket, "", "set", 3, 3, 0, Optional.empty()));

        assertThat(FindEvents.of(now, Optional.of(before), List.of()).stream()
                        .map(Event::text)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(events);
    }

    /** A front end has no service; one of which all files were there already is nothing new. */
    @ParameterizedTest
    @CsvSource({"3, 'deployment success'", "0, 'success'"})
    void eventsOfAFrontEnd(int sent, String events) {
        BuildRecord uploaded = Samples.uploaded(
                Samples.build(NOW, "SUCCESS main upload"),
                new BuildRecord.Upload("shop-web", "", "set", 3, sent, 0, Optional.empty()));

        assertThat(FindEvents.of(uploaded, Optional.empty(), List.of()).stream()
                        .map(Event::text)
                        .sorted()
                        .collect(Collectors.joining(" ")))
                .isEqualTo(events);
    }

    @ParameterizedTest
    @CsvSource({
        "'SUCCESS main verify, FAILED main verify', 10",
        "'SUCCESS main verify, SUCCESS fix/a verify', 10",
        "'FAILED main verify',"
    })
    void lastGoodIsTheLatestOfTheBranch(String earlier, String number) {
        List<BuildRecord> builds = new ArrayList<>();
        for (String one : earlier.split(",")) {
            builds.add(Samples.build(10 + builds.size(), one));
        }

        assertThat(FindEvents.lastGood(Samples.build(NOW, "FAILED main verify"), builds)
                        .map(BuildRecord::number))
                .isEqualTo(Optional.ofNullable(number));
    }
}
