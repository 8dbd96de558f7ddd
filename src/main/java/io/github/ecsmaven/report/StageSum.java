package io.github.ecsmaven.report;

import io.github.ecsmaven.report.BuildRecord.Module;
import io.github.ecsmaven.report.BuildRecord.Stage;
import io.github.ecsmaven.report.BuildRecord.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A stage in all modules of a build.
 *
 * @param status of the module that fared worst
 * @param seconds all modules together
 * @param ran modules in which it ran
 * @param of modules that were to come to it
 * @param tests that ran, in all modules
 * @param bad tests of these that failed
 * @param skipped tests that were left out
 * @param brokenIn names of the modules in which it has that status, when it broke
 */
public record StageSum(
        String stage,
        Status status,
        double seconds,
        int ran,
        int of,
        int tests,
        int bad,
        int skipped,
        List<String> brokenIn) {
    private static final Comparator<StageSum> BY_PLACE = Comparator.comparingInt(sum -> Stage.place(sum.stage()));

    /** In the order in which a build comes to them. */
    public static List<StageSum> of(BuildRecord build) {
        Map<String, StageSum> sums = new LinkedHashMap<>();
        for (Module module : build.modules()) {
            for (Stage stage : module.stages()) {
                sums.merge(stage.stage(), of(module.name(), stage), StageSum::and);
            }
        }
        List<StageSum> sorted = new ArrayList<>(sums.values());
        sorted.sort(BY_PLACE);
        return sorted;
    }

    private static StageSum of(String module, Stage stage) {
        boolean broke = stage.status() == Status.FAILED || stage.status() == Status.INTERRUPTED;
        return new StageSum(
                stage.stage(),
                stage.status(),
                stage.seconds(),
                stage.status().ran() ? 1 : 0,
                stage.status() == Status.SKIPPED ? 0 : 1,
                stage.tests().map(BuildRecord.Tests::run).orElse(0),
                stage.tests().map(tests -> tests.failed() + tests.errors()).orElse(0),
                stage.tests().map(BuildRecord.Tests::skipped).orElse(0),
                broke ? List.of(module) : List.of());
    }

    private StageSum and(StageSum other) {
        Status worst = status.worse(other.status);
        return new StageSum(
                stage,
                worst,
                seconds + other.seconds,
                ran + other.ran,
                of + other.of,
                tests + other.tests,
                bad + other.bad,
                skipped + other.skipped,
                together(status == worst ? brokenIn : List.of(), other.status == worst ? other.brokenIn : List.of()));
    }

    private static List<String> together(List<String> some, List<String> others) {
        if (some.isEmpty() || others.isEmpty()) {
            return some.isEmpty() ? others : some;
        }
        List<String> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }
}
