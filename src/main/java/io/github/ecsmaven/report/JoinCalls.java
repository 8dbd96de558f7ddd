package io.github.ecsmaven.report;

import io.github.ecsmaven.report.BuildRecord.Module;
import io.github.ecsmaven.report.BuildRecord.Outcome;
import io.github.ecsmaven.report.BuildRecord.Service;
import io.github.ecsmaven.report.BuildRecord.Stage;
import io.github.ecsmaven.report.BuildRecord.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes one record of the Maven calls by which a CI runs the stages of one build. */
public final class JoinCalls {
    private static final Set<String> DEPLOY = Set.of("preflight", "push", "rollout", "upload", "smoke test");

    /** With these a build has come where it was to go. */
    private static final Set<String> GOALS = Set.of("rollout", "upload");

    private static final String ROLLBACK = "rollback";

    /** Who deploys by hand what he has built, does it on the same day. */
    private static final Duration SAME_BUILD = Duration.ofHours(12);

    private JoinCalls() {}

    /**
     * Whether a call belongs to the build of an earlier one. The CI's id of the build decides; without a CI a call that only
     * deploys goes on with a build of the same commit that has not been deployed, and whose image is the same. A rollback by hand
     * is a build of its own anywhere.
     *
     * @param call as a record of its own
     */
    public static boolean areOne(BuildRecord earlier, BuildRecord call) {
        if (!earlier.project().equals(call.project())
                || ran(earlier).contains(ROLLBACK)
                || ran(call).contains(ROLLBACK)) {
            return false;
        }
        Optional<String> build = call.trigger().build();
        return build.isPresent() || earlier.trigger().build().isPresent()
                ? build.equals(earlier.trigger().build())
                        && call.trigger().ci().equals(earlier.trigger().ci())
                : goesOn(earlier, call);
    }

    /**
     * The build of the history that a call goes on with whose machine has no record of it: the newest with the CI's id, when the
     * call runs no stage that it has run in the same module. A CI's parallel jobs have its id too, and each is a build of its
     * own.
     *
     * @param builds oldest first
     * @param call as a record of its own
     */
    public static Optional<BuildRecord> earlier(List<BuildRecord> builds, BuildRecord call) {
        if (call.trigger().build().isEmpty()) {
            return Optional.empty();
        }
        return builds.stream()
                .filter(build -> areOne(build, call))
                .reduce((older, newer) -> newer)
                .filter(build -> !overlaps(build, call));
    }

    private static boolean overlaps(BuildRecord earlier, BuildRecord call) {
        Set<List<String>> both = ranWhere(earlier);
        Set<List<String>> now = ranWhere(call);
        both.retainAll(now);
        return now.isEmpty()
                || !both.isEmpty()
                || Instant.parse(call.started()).isBefore(Instant.parse(earlier.ended()));
    }

    private static Set<List<String>> ranWhere(BuildRecord record) {
        Set<List<String>> names = new HashSet<>();
        record.modules().forEach(module -> module.stages().stream()
                .filter(stage -> stage.status().ran())
                .forEach(stage -> names.add(List.of(module.name(), stage.stage()))));
        return names;
    }

    private static boolean goesOn(BuildRecord earlier, BuildRecord call) {
        Set<String> ran = ran(call);
        Duration between = Duration.between(Instant.parse(earlier.ended()), Instant.parse(call.started()));
        return !ran.isEmpty()
                && DEPLOY.containsAll(ran)
                && (isYetToBeDeployed(earlier, ran) || hasFailedToDeploy(earlier))
                && between.compareTo(SAME_BUILD) < 0
                && commit(earlier).equals(commit(call))
                && digestsAgree(earlier, call);
    }

    /** All went well, and it has done nothing of what is done now. */
    private static boolean isYetToBeDeployed(BuildRecord earlier, Set<String> now) {
        Set<String> before = ran(earlier);
        return earlier.outcome() == Outcome.SUCCESS
                && Collections.disjoint(before, now)
                && Collections.disjoint(before, GOALS);
    }

    /** What it has built is good; of a call that has built nothing the next one is no second try, but another. */
    private static boolean hasFailedToDeploy(BuildRecord earlier) {
        Set<String> broken = names(earlier, status -> status == Status.FAILED || status == Status.INTERRUPTED);
        return !broken.isEmpty() && DEPLOY.containsAll(broken) && !DEPLOY.containsAll(ran(earlier));
    }

    private static Set<String> ran(BuildRecord record) {
        return names(record, Status::ran);
    }

    private static Set<String> names(BuildRecord record, Predicate<Status> which) {
        return record.modules().stream()
                .flatMap(module -> module.stages().stream())
                .filter(stage -> which.test(stage.status()))
                .map(Stage::stage)
                .collect(Collectors.toSet());
    }

    private static Optional<String> commit(BuildRecord record) {
        return record.source().flatMap(BuildRecord.Source::commit);
    }

    private static boolean digestsAgree(BuildRecord earlier, BuildRecord call) {
        Map<String, String> before = new LinkedHashMap<>();
        earlier.modules()
                .forEach(module -> module.image().ifPresent(image -> before.put(module.name(), image.digest())));
        return call.modules().stream().allMatch(module -> module.image()
                .map(image -> image.digest().equals(before.getOrDefault(module.name(), image.digest())))
                .orElse(true));
    }

    /**
     * The record of both, under the id and number of the earlier. A stage that ran in both took both times, and ended as it
     * ended last.
     */
    public static BuildRecord join(BuildRecord earlier, BuildRecord call) {
        Map<String, Module> modules = new LinkedHashMap<>();
        earlier.modules().forEach(module -> modules.put(module.name(), module));
        call.modules().forEach(module -> modules.merge(module.name(), module, JoinCalls::join));
        List<Module> all = modules.values().stream()
                .map(module -> call.outcome() == Outcome.SUCCESS ? withoutOther(module) : module)
                .toList();
        double seconds = Duration.between(Instant.parse(earlier.started()), Instant.parse(call.ended()))
                        .toMillis()
                / 1000.0;
        return new BuildRecord(
                BuildRecord.SCHEMA,
                earlier.id(),
                earlier.number(),
                earlier.project(),
                call.version(),
                call.name(),
                outcome(all, call.outcome()),
                earlier.started(),
                call.ended(),
                seconds,
                call.source().or(earlier::source),
                earlier.trigger(),
                all);
    }

    /** A failure outside the stages is over when a later call went well. */
    private static Module withoutOther(Module module) {
        return module.withStages(module.stages().stream()
                .filter(stage -> !stage.stage().equals(Stage.OTHER))
                .toList());
    }

    private static Outcome outcome(List<Module> modules, Outcome last) {
        Set<Status> ends = new HashSet<>();
        modules.forEach(module -> module.stages().forEach(stage -> ends.add(stage.status())));
        if (ends.contains(Status.FAILED)) {
            return Outcome.FAILED;
        }
        return ends.contains(Status.INTERRUPTED) ? Outcome.INTERRUPTED : last;
    }

    private static Module join(Module earlier, Module call) {
        Map<String, Stage> stages = new LinkedHashMap<>();
        earlier.stages().forEach(stage -> stages.put(stage.stage(), stage));
        call.stages().forEach(stage -> stages.merge(stage.stage(), stage, JoinCalls::join));
        List<Stage> sorted = new ArrayList<>(stages.values());
        sorted.sort(Comparator.comparing(stage -> Stage.place(stage.stage())));
        return new Module(
                earlier.name(),
                sorted,
                call.image().filter(image -> isNews(image, earlier)).or(earlier::image),
                services(earlier.services(), call.services()),
                call.upload().or(earlier::upload));
    }

    /** Each once: the promotion to production leaves what was deployed before it. */
    private static List<Service> services(List<Service> earlier, List<Service> now) {
        Map<List<String>, Service> services = new LinkedHashMap<>();
        Stream.concat(earlier.stream(), now.stream())
                .forEach(service -> services.put(List.of(service.cluster(), service.service()), service));
        return List.copyOf(services.values());
    }

    /** It was pushed, or is another one; else the earlier call knows more of it. */
    private static boolean isNews(BuildRecord.Image image, Module earlier) {
        return image.registry().isPresent()
                || earlier.image()
                        .filter(before -> before.digest().equals(image.digest()))
                        .isEmpty();
    }

    private static Stage join(Stage earlier, Stage call) {
        if (!call.status().ran() || !earlier.status().ran()) {
            return earlier.status().ran() ? earlier : call;
        }
        return new Stage(
                call.stage(),
                call.status(),
                earlier.started(),
                earlier.seconds() + call.seconds(),
                call.error(),
                call.tests().or(earlier::tests));
    }
}
