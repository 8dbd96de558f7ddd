package io.github.ecsmaven.report;

import io.github.ecsmaven.RecordFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Records for tests. */
public final class Builds {
    private static final Path SAMPLE = Path.of("src/test/resources/io/github/ecsmaven/report/build-record.json");

    private Builds() {}

    public static BuildRecord sample() {
        return RecordFile.read(SAMPLE, BuildRecord.class).orElseThrow();
    }

    /** The sample under another name. */
    public static BuildRecord numbered(String id, String number) {
        BuildRecord it = sample();
        return new BuildRecord(
                it.schema(),
                id,
                number,
                it.project(),
                it.version(),
                it.name(),
                it.outcome(),
                it.started(),
                it.ended(),
                it.seconds(),
                it.source(),
                it.trigger(),
                it.modules());
    }

    /** A build of one module, after these stages. */
    public static BuildRecord withStages(BuildRecord.Stage... stages) {
        return call("20261126T145303Z-000001", null, "2026-11-26T14:53:03Z", List.of(stages), null);
    }

    /** In the order in which a build comes to them. */
    public static final List<String> STAGES = List.of(
            "preflight",
            "compile",
            "unit tests",
            "package",
            "image",
            "container start",
            "integration tests",
            "push",
            "rollout",
            "upload",
            "smoke test");

    /** A build that did the stages before that one, and did not come to those behind it. */
    public static BuildRecord failingIn(String failed) {
        int at = STAGES.indexOf(failed);
        return withStages(IntStream.range(0, STAGES.size())
                .mapToObj(i -> stage(
                        STAGES.get(i),
                        i < at
                                ? BuildRecord.Status.DONE
                                : i == at ? BuildRecord.Status.FAILED : BuildRecord.Status.NOT_RUN,
                        i > at ? 0 : 2))
                .toArray(BuildRecord.Stage[]::new));
    }

    /** A reactor whose second module broke first: its rollout crashed, and then a check of the first module said no. */
    public static BuildRecord crashedBehindAnother() {
        BuildRecord.Stage check = broken("other goals", BuildRecord.Status.FAILED, "2026-11-26T14:54:00Z", "A rule.");
        BuildRecord.Stage crash =
                broken("rollout", BuildRecord.Status.FAILED, "2026-11-26T14:53:30Z", "IllegalStateException");
        return withStages(check)
                .with(
                        "6",
                        List.of(
                                new BuildRecord.Module(
                                        "web",
                                        List.of(stage("upload", BuildRecord.Status.NOT_RUN, 0), check),
                                        Optional.empty(),
                                        List.of()),
                                new BuildRecord.Module("farewell", List.of(crash), Optional.empty(), List.of())));
    }

    /** A stage of 5 s that did not end well. */
    static BuildRecord.Stage broken(String name, BuildRecord.Status status, String started, String why) {
        return new BuildRecord.Stage(
                name,
                status,
                Optional.ofNullable(started),
                5,
                Optional.of(new BuildRecord.StageError(why, List.of(), Optional.empty())),
                Optional.empty());
    }

    /** @param build the CI's id; null without a CI */
    static BuildRecord call(String id, String build, String started, List<BuildRecord.Stage> stages, String digest) {
        boolean failed = stages.stream().anyMatch(stage -> stage.status() == BuildRecord.Status.FAILED);
        Optional<String> ci = Optional.ofNullable(build).map(known -> "GitLab");
        return new BuildRecord(
                BuildRecord.SCHEMA,
                id,
                "7",
                "shop:orders",
                "1",
                "Orders",
                failed ? BuildRecord.Outcome.FAILED : BuildRecord.Outcome.SUCCESS,
                started,
                started,
                0,
                Optional.of(new BuildRecord.Source(
                        Optional.of("main"),
                        Optional.of("0a1b"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())),
                new BuildRecord.Trigger(
                        ci, Optional.ofNullable(build), Optional.empty(), Optional.empty(), Optional.empty()),
                List.of(new BuildRecord.Module(
                        "orders",
                        stages,
                        Optional.ofNullable(digest)
                                .map(it -> new BuildRecord.Image(Optional.empty(), Optional.empty(), it, List.of())),
                        List.of())));
    }

    static BuildRecord.Stage stage(String name, BuildRecord.Status status, double seconds) {
        return new BuildRecord.Stage(name, status, Optional.empty(), seconds, Optional.empty(), Optional.empty());
    }
}
