package io.github.ecsmaven.lifecycle.resume;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a call may go on from in a module.
 *
 * @param phases that need not be run again
 * @param since when they ended, ISO 8601
 * @param reason why some of the recorded ones are run again, a clause
 */
record Resumable(Set<String> phases, Optional<String> since, Optional<String> reason) {
    /**
     * The module as it is now.
     *
     * @param exists whether a file or folder is there, named from the module's folder
     */
    record Now(String project, List<String> profiles, String sources, Predicate<String> exists) {}

    static Resumable nothing(String reason) {
        return new Resumable(Set.of(), Optional.empty(), Optional.of(reason));
    }

    static Resumable evaluate(PhaseRecord record, Now now) {
        if (!record.project().equals(now.project())) {
            return nothing("target is of " + record.project());
        }
        if (!record.sources().equals(now.sources())) {
            return nothing("the sources have changed since " + record.ended());
        }
        if (!Set.copyOf(record.profiles()).equals(Set.copyOf(now.profiles()))) {
            return nothing(
                    "other profiles are active: " + names(now.profiles()) + ", and before " + names(record.profiles()));
        }
        Set<String> done = new LinkedHashSet<>(record.phases());
        if (Phases.isCompiled(done) && isMissing(record.classes(), now)) {
            return nothing(record.classes().orElseThrow() + " is missing");
        }
        Optional<String> reason = Optional.empty();
        Optional<String> lost =
                files(record).filter(file -> !now.exists().test(file)).findFirst();
        if (Phases.isPackaged(done) && lost.isPresent()) {
            done = Phases.withoutPackage(done);
            reason = lost.map(file -> file + " is missing");
        }
        if (Phases.needsTestClasses(done) && isMissing(record.testClasses(), now)) {
            done = Phases.withoutTestClasses(done);
            reason = reason.or(() -> record.testClasses().map(folder -> folder + " is missing"));
        }
        return new Resumable(done, Optional.of(record.ended()), reason);
    }

    private static boolean isMissing(Optional<String> folder, Now now) {
        return folder.isPresent() && !now.exists().test(folder.get());
    }

    private static Stream<String> files(PhaseRecord record) {
        return Stream.of(
                        record.artifact().stream(),
                        record.attached().stream().map(PhaseRecord.Attached::file),
                        record.pom().stream())
                .flatMap(files -> files);
    }

    private static String names(List<String> profiles) {
        return profiles.isEmpty() ? "none" : String.join(", ", profiles);
    }
}
