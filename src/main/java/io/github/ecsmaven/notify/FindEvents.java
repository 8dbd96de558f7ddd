package io.github.ecsmaven.notify;

import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.BuildRecord.Outcome;
import io.github.ecsmaven.report.BuildRecord.Status;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which events a build brings. A failure is one at once. That all went well is known with the call that deploys, or with a good
 * call of a branch whose last good build did not deploy either: so a build whose stages are calls of their own is told once. That
 * it is deployed is told of each place, when it has come there.
 */
public final class FindEvents {
    private static final String ROLLOUT = "rollout";
    private static final String UPLOAD = "upload";
    private static final String ROLLBACK = "rollback";
    private static final Set<String> PROVED = Set.of("COMPLETED", "TRAFFIC_SHIFTED", "STARTED");

    private final List<BuildRecord> earlier;

    private FindEvents(List<BuildRecord> earlier) {
        this.earlier = earlier;
    }

    /**
     * The events that this Maven call brings.
     *
     * @param build with this call
     * @param before the same build as its earlier calls have left it: what they brought was told
     * @param builds others of the project, in any order
     */
    public static Set<Event> of(BuildRecord build, Optional<BuildRecord> before, List<BuildRecord> builds) {
        FindEvents find = new FindEvents(ofBranch(build, builds));
        Set<Event> events = find.events(build);
        before.ifPresent(state -> {
            boolean elsewhere =
                    events.contains(Event.DEPLOYMENT) && !places(state).containsAll(places(build));
            events.removeAll(find.events(state));
            if (elsewhere) {
                events.add(Event.DEPLOYMENT);
            }
            if (state.outcome() == Outcome.FAILED && build.outcome() == Outcome.SUCCESS && !find.isToGoOn(build)) {
                events.add(Event.FIXED);
            }
        });
        return events;
    }

    /**
     * The build as it is told: where an earlier call has deployed it was told then.
     *
     * @param before the same build as its earlier calls have left it
     */
    public static BuildRecord told(BuildRecord build, Optional<BuildRecord> before) {
        List<BuildRecord.Service> old =
                before.map(FindEvents::services).orElse(Stream.empty()).toList();
        List<BuildRecord.Upload> sent =
                before.map(FindEvents::uploads).orElse(Stream.empty()).toList();
        if (sent.containsAll(uploads(build).toList())
                && old.containsAll(services(build).toList())) {
            return build;
        }
        return build.with(
                build.number(),
                build.modules().stream()
                        .map(module -> new BuildRecord.Module(
                                module.name(),
                                module.stages(),
                                module.image(),
                                module.services().stream()
                                        .filter(service -> !old.contains(service))
                                        .toList(),
                                module.upload().filter(upload -> !sent.contains(upload))))
                        .toList());
    }

    /** Where a build has brought a new version. */
    private static Set<String> places(BuildRecord build) {
        return Stream.concat(
                        services(build)
                                .filter(service -> PROVED.contains(service.outcome()))
                                .map(service -> service.service() + " in " + service.cluster()),
                        uploads(build).map(BuildRecord.Upload::place))
                .collect(Collectors.toSet());
    }

    /** The latest good build of the same branch; empty when the history has none. */
    public static Optional<BuildRecord> lastGood(BuildRecord build, List<BuildRecord> builds) {
        return latest(ofBranch(build, builds).stream().filter(one -> one.outcome() == Outcome.SUCCESS));
    }

    private Set<Event> events(BuildRecord build) {
        Set<Event> events = EnumSet.noneOf(Event.class);
        if (build.outcome() == Outcome.FAILED) {
            events.add(Event.FAILURE);
        }
        if (services(build).anyMatch(service -> service.outcome().equals("ROLLED_BACK"))
                || build.outcome() == Outcome.SUCCESS && came(build, ROLLBACK)) {
            events.add(Event.ROLLBACK);
        }
        if (build.outcome() == Outcome.SUCCESS && !isToGoOn(build)) {
            events.add(Event.SUCCESS);
            boolean failed = latest(earlier.stream())
                    .filter(last -> last.outcome() == Outcome.FAILED)
                    .isPresent();
            if (failed && !isRollback(build)) {
                events.add(Event.FIXED);
            }
            boolean service = came(build, ROLLOUT) && services(build).anyMatch(one -> PROVED.contains(one.outcome()));
            boolean site = came(build, UPLOAD) && uploads(build).findAny().isPresent();
            if (service || site) {
                events.add(Event.DEPLOYMENT);
            }
        }
        return events;
    }

    /** This branch is deployed, as far as is known, and this build has not been yet. */
    private boolean isToGoOn(BuildRecord build) {
        return !deploys(build)
                && !isRollback(build)
                && latest(earlier.stream().filter(one -> one.outcome() == Outcome.SUCCESS))
                        .filter(FindEvents::deploys)
                        .isPresent();
    }

    private static boolean deploys(BuildRecord build) {
        return came(build, ROLLOUT) || came(build, UPLOAD);
    }

    /** Without those that say nothing of the branch's state: cut off, or a rollback by hand. */
    private static List<BuildRecord> ofBranch(BuildRecord build, List<BuildRecord> builds) {
        return builds.stream()
                .filter(one -> !one.id().equals(build.id()) && one.project().equals(build.project()))
                .filter(one -> branch(one).equals(branch(build)))
                .filter(one -> one.outcome() != Outcome.INTERRUPTED && !isRollback(one))
                .filter(one -> BuildRecord.BY_START.compare(one, build) < 0)
                .toList();
    }

    private static Optional<BuildRecord> latest(Stream<BuildRecord> builds) {
        return builds.max(Comparator.comparing(build -> build, BuildRecord.BY_START));
    }

    private static Optional<String> branch(BuildRecord build) {
        return build.source().flatMap(BuildRecord.Source::branch);
    }

    private static boolean isRollback(BuildRecord build) {
        return came(build, ROLLBACK) && !came(build, ROLLOUT);
    }

    private static boolean came(BuildRecord build, String stage) {
        return build.modules().stream()
                .flatMap(module -> module.stages().stream())
                .anyMatch(one -> one.stage().equals(stage) && one.status() == Status.DONE);
    }

    /** Those that have changed what visitors get. */
    private static Stream<BuildRecord.Upload> uploads(BuildRecord build) {
        return build.modules().stream()
                .flatMap(module -> module.upload().stream())
                .filter(BuildRecord.Upload::hasNews);
    }

    private static Stream<BuildRecord.Service> services(BuildRecord build) {
        return build.modules().stream().flatMap(module -> module.services().stream());
    }
}
