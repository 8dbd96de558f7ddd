package io.github.ecsmaven.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.ecs.LookPlan.Part;
import io.github.ecsmaven.ecs.LookPlan.Shown;
import io.github.ecsmaven.ecs.verdict.Observation.Deployed;
import io.github.ecsmaven.ecs.verdict.Observation.Shift;
import io.github.ecsmaven.ecs.verdict.Observation.Tracked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookPlanTest {
    /**
     * A look is written {@code <ours> <old> <events>}: of a deployment P (primary) or A, running + pending + failed, and C, F or
     * I for COMPLETED, FAILED, IN_PROGRESS (n: none told); of the events how many tasks were started. "-": it is not there.
     */
    @ParameterizedTest(name = "{0} -> {1}, {2}, {3} calls left: {4}")
    @CsvSource({
        // the first look
        "-, P0+0+0I A2+0+0C 0, '', 15, HISTORY",
        "-, P0+2+0I A2+0+0C 2, '', 15, HISTORY",
        "-, P2+0+0C - 2, '', 15, HISTORY TASKS",
        "-, P2+0+0C - 2, proved, 15, ''",
        "-, P2+0+0n - 2, '', 15, HISTORY TASKS",
        // one that was begun before: it may have failed already
        "-, P0+1+2I A2+0+0C 0, '', 15, HISTORY STOPPED",
        // nothing new
        "P0+2+0I A2+0+0C 2, P0+2+0I A2+0+0C 2, '', 15, ''",
        "P0+2+0I A2+0+0C 2, P0+2+0I A2+0+0C 2, soon, 15, ''",
        "P0+2+0I A2+0+0C 2, P0+2+0I A2+0+0C 2, late, 15, TASKS HISTORY",
        "P0+2+0I A2+0+0C 2, P0+2+0I A2+0+0C 2, late, 12, TASKS",
        "P0+2+0I A2+0+0C 2, P0+2+0I A2+0+0C 2, late, 11, HISTORY",
        "P0+2+0I A2+0+0C 2, P0+2+0I A2+0+0C 2, late, 9, ''",
        "P0+2+0I A2+0+0C 2, P0+2+0I A2+0+0C 2, late failing, 15, ''",
        // the counts move
        "P0+2+0I A2+0+0C 2, P1+1+0I A2+0+0C 2, soon, 15, ''",
        "P1+1+0I A2+0+0C 2, P2+0+0I A2+0+0C 2, '', 11, RUNNING",
        "P1+1+0I A2+0+0C 2, P2+0+0I A2+0+0C 2, '', 9, ''",
        "P2+0+0I A2+0+0C 2, P2+0+0I A2+0+0C 2, soon, 15, ''",
        // a task may have stopped
        "P0+2+0I A2+0+0C 2, P0+1+0I A2+0+0C 2, '', 15, STOPPED",
        "P2+0+0I A2+0+0C 2, P1+0+0I A2+0+0C 2, '', 2, STOPPED",
        "P2+0+0I A2+0+0C 2, P1+0+0I A2+0+0C 2, '', 1, ''",
        "P0+2+0I A2+0+0C 2, P0+2+1I A2+0+0C 2, '', 15, STOPPED",
        "P0+2+0I A2+0+0C 2, P0+2+0I A2+0+0C 3, '', 15, STOPPED",
        "P0+2+0I A2+0+0C 2, P1+2+0I A2+0+0C 3, '', 15, ''",
        "P0+2+0I A2+0+0C 1, P0+2+0I A2+0+0C 2, '', 15, ''",
        "P0+2+0I A2+0+0C 2, P0+2+0I A2+0+0C 2, owed, 15, STOPPED",
        "P0+2+0I A2+0+0C 2, P0+2+0I A2+0+0C 2, owed, 1, ''",
        "P0+2+0I A2+0+0C 2, P0+2+0I A2+0+0C 2, owed failing, -3, STOPPED",
        "P0+2+0I A2+0+0C 2, P0+2+0I A2+0+0C 2, owed looping, 1, ''",
        // the old ones stop: how many drain is a detail
        "P2+0+0I A2+0+0C 2, P2+0+0I A1+0+0C 2, '', 11, STOPPED",
        "P2+0+0I A2+0+0C 2, P2+0+0I A1+0+0C 2, '', 9, ''",
        // the outcome
        "P2+0+0I A1+0+0C 2, P2+0+0C A0+0+0C 2, '', 0, HISTORY TASKS",
        "P2+0+0I A1+0+0C 2, P2+0+0C - 2, proved, 15, ''",
        "P2+0+0C - 2, P2+0+0C - 2, '', 5, HISTORY TASKS",
        "P2+0+0C - 2, P2+0+0C - 2, '', 4, ''",
        "P2+0+0n A1+0+0n 2, P2+0+0n - 2, '', 15, HISTORY TASKS",
        // traffic is shifted: ECS's history tells the end
        "P2+0+0C A2+0+0C 2, P2+0+0C A2+0+0C 2, shifts, 15, ''",
        "P2+0+0C A2+0+0C 2, P2+0+0C A2+0+0C 2, shifts successful, 5, HISTORY TASKS",
        "P0+2+3I A2+0+0C 5, P0+2+3F A2+0+0C 5, '', 0, HISTORY TASKS",
        "P0+2+3I A2+0+0C 5, A0+2+3F P2+0+0C 5, '', 0, HISTORY TASKS",
        // ECS rolls back: ours is no longer the primary
        "A0+1+3F P1+0+0I 5, A0+1+3F P2+0+0C 5, '', 0, HISTORY",
        "A0+1+3F P2+0+0C 5, A0+1+3F P2+0+0C 5, behind, 15, HISTORY",
        "A0+1+3F P2+0+0I 5, A0+1+3F P2+0+0I 5, behind, 15, ''",
        "A0+1+3F P2+0+0I 5, - P2+0+0C 5, '', 15, HISTORY TASKS",
    })
    void readsWhatTheLookCallsFor(String before, String now, String known, int spare, String parts) {
        Set<Part> wanted = parts.isEmpty()
                ? Set.of()
                : Arrays.stream(parts.split(" ")).map(Part::valueOf).collect(Collectors.toSet());
        List<String> has = List.of(known.split(" "));
        Duration age = Duration.ofSeconds(has.contains("late") ? 60 : has.contains("soon") ? 5 : 1);
        assertThat(LookPlan.parts(
                        shown(now),
                        "ours",
                        new LookPlan.Known(
                                before.equals("-") ? Optional.empty() : Optional.of(shown(before)),
                                has.contains("shifts"),
                                has.contains("successful"),
                                has.contains("proved"),
                                has.contains("behind"),
                                has.contains("owed"),
                                has.contains("looping") ? 3 : has.contains("failing") ? 1 : 0,
                                age,
                                age,
                                spare)))
                .containsExactlyInAnyOrderElementsOf(wanted);
    }

    @ParameterizedTest(name = "{0} {1}, {2}, look {3}, {4} calls left: {5}")
    @CsvSource({
        "IN_PROGRESS, '', P0+0+0I A2+0+0C 0, 1, 9, false",
        "IN_PROGRESS, SCALE_UP, P1+1+0I A2+0+0C 2, 1, 9, false",
        // the next stage is about to come
        "IN_PROGRESS, SCALE_UP, P2+0+0I A2+0+0C 2, 1, 9, true",
        "IN_PROGRESS, BAKE_TIME, P2+0+0I A2+0+0C 2, 1, 9, true",
        "IN_PROGRESS, BAKE_TIME, P2+0+0I A2+0+0C 2, 5, 9, false",
        "IN_PROGRESS, BAKE_TIME, P2+0+0I A2+0+0C 2, 5, 0, true",
        "ROLLBACK_IN_PROGRESS, SCALE_UP, P0+0+0I A2+0+0C 2, 1, 9, true",
        // what the service shows now is the proof
        "SUCCESSFUL, CLEAN_UP, P2+0+0C - 2, 1, 9, false"
    })
    void looksAtTheStageAloneWhereThatTellsTheEnd(
            String status, String stage, String last, int look, int spare, boolean alone) {
        Optional<Shift> shift =
                stage.isEmpty() ? Optional.empty() : Optional.of(new Shift(stage, Optional.empty(), Optional.empty()));
        assertThat(LookPlan.isStageEnough(shown(last), "ours", new Tracked("arn", status, "", shift), look, spare))
                .isEqualTo(alone);
    }

    private static Shown shown(String text) {
        String[] parts = text.split(" ");
        List<Deployed> deployments = new ArrayList<>();
        deployed("ours", parts[0]).ifPresent(deployments::add);
        deployed("old", parts[1]).ifPresent(deployments::add);
        int started = Integer.parseInt(parts[2]);
        return new Shown(
                deployments,
                started == 0 ? List.of() : List.of("(service orders) has started " + started + " tasks: (task 7c1e)."));
    }

    private static Optional<Deployed> deployed(String id, String text) {
        if (text.equals("-")) {
            return Optional.empty();
        }
        String[] counts = text.substring(1, text.length() - 1).split("\\+");
        String state =
                switch (text.charAt(text.length() - 1)) {
                    case 'C' -> "COMPLETED";
                    case 'F' -> "FAILED";
                    case 'I' -> "IN_PROGRESS";
                    default -> "";
                };
        return Optional.of(new Deployed(
                id,
                text.charAt(0) == 'P' ? "PRIMARY" : "ACTIVE",
                id,
                2,
                Integer.parseInt(counts[1]),
                Integer.parseInt(counts[0]),
                Integer.parseInt(counts[2]),
                Instant.EPOCH,
                Instant.EPOCH,
                state,
                ""));
    }
}
