package io.github.ecsmaven.ecs;

import io.github.ecsmaven.DurationText;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.Observation.ContainerSeen;
import io.github.ecsmaven.ecs.Observation.TaskSeen;
import io.github.ecsmaven.ecs.Verdict.Failed;
import io.github.ecsmaven.ecs.Verdict.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Explains a failed rollout: what happened, the evidence, what to do next. Pure. */
final class Diagnosis {
    private static final Set<Kind> BY_OTHERS = Set.of(Kind.SUPERSEDED, Kind.DELETED, Kind.SCALED_TO_ZERO);
    private static final int EVENTS = 3;
    private static final int REASONS = 3;

    private final Failed failed;
    private final Observation seen;
    private final Expected expected;
    private final List<TaskSeen> tasks;
    private final List<String> events;
    private final Optional<KnownCause> cause;

    private Diagnosis(Failed failed, Observation seen, Expected expected) {
        this.failed = failed;
        this.seen = seen;
        this.expected = expected;
        this.tasks = CrashLoop.failed(seen, expected);
        this.events = ServiceEvents.telling(seen.events());
        this.cause = BY_OTHERS.contains(failed.kind()) ? Optional.empty() : KnownCause.of(texts());
    }

    /** @param after what was done about it, as evidence: "Rolled back to revision 17 …"; may be empty */
    static Problem explain(Failed failed, Observation seen, Expected expected, List<String> after) {
        Diagnosis diagnosis = new Diagnosis(failed, seen, expected);
        return Problem.ofProject(diagnosis.what(), diagnosis.evidence(after), diagnosis.next());
    }

    private List<String> texts() {
        Stream<String> stopped = tasks.stream()
                .flatMap(task -> Stream.concat(
                        Stream.of(task.stoppedReason()),
                        task.containers().stream().map(ContainerSeen::reason)));
        return Stream.of(stopped, Stream.of(failed.why()), events.stream())
                .flatMap(Function.identity())
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private String what() {
        String service = expected.service() + " in " + expected.cluster();
        String revision = Arns.revision(expected.taskDefinition());
        String why = cause.map(KnownCause::saying).orElse("");
        String because = why.isEmpty() ? "." : ": " + why + ".";
        return switch (failed.kind()) {
            case ROLLED_BACK ->
                "ECS rolled " + service + " back" + (failed.why().isEmpty() ? "" : " to " + Arns.revision(failed.why()))
                        + because;
            case ROLLBACK_FAILED -> "ECS could not roll " + service + " back after the rollout failed" + because;
            case GIVEN_UP -> "ECS gave up the rollout of " + service + " to " + revision + because;
            case CRASH_LOOP -> "The rollout of " + service + " to " + revision + " goes nowhere" + because;
            case SUPERSEDED ->
                "Another deployment won: the rollout of " + service + " to " + revision + " was superseded.";
            case DELETED -> "The service " + service + " was deleted during its rollout.";
            case SCALED_TO_ZERO ->
                "The service " + service + " was scaled to 0 during its rollout: nothing was proved.";
            case WRONG_IMAGE -> "The rollout of " + service + " completed, but runs another image.";
            case TIMEOUT ->
                "The rollout of " + service + " to " + revision + " was not at its end after "
                        + DurationText.show(expected.timeout()) + because;
        };
    }

    private List<String> evidence(List<String> after) {
        List<String> lines = new ArrayList<>();
        switch (failed.kind()) {
            case TIMEOUT -> lines.add("Last seen: " + failed.why().replaceAll(" {2,}", ", "));
            case WRONG_IMAGE ->
                expected.image()
                        .ifPresent(image -> lines.add("Pushed " + image.digest() + ", running " + failed.why()));
            case ROLLED_BACK ->
                seen.tracked()
                        .map(Observation.Tracked::reason)
                        .filter(r -> !r.isEmpty() && tasks.isEmpty())
                        .ifPresent(lines::add);
            default -> {
                if (!failed.why().isEmpty()) {
                    lines.add(failed.why());
                }
            }
        }
        if (!BY_OTHERS.contains(failed.kind())) {
            stoppedTasks().ifPresent(lines::add);
            lines.addAll(containerReasons());
            events.stream().limit(EVENTS).map(ServiceEvents::said).forEach(lines::add);
            serving().ifPresent(lines::add);
        }
        lines.addAll(after);
        expected.image()
                .ifPresent(image -> lines.add(
                        "The image was pushed and stays: " + image.digest().shortText()));
        return lines;
    }

    /** "3 of 3 tasks of revision 18 stopped within 9 s: Essential container in task exited, exit code 1". */
    private Optional<String> stoppedTasks() {
        if (tasks.isEmpty()) {
            return Optional.empty();
        }
        int all = seen.tasksOf(expected.deploymentId()).size();
        return Optional.of(tasks.size() + " of " + all + " tasks of " + Arns.revision(expected.taskDefinition())
                + " stopped" + within() + ": "
                + reasons(tasks.stream().map(this::ended).toList()) + ".");
    }

    private String within() {
        Optional<Instant> first =
                tasks.stream().flatMap(t -> t.createdAt().stream()).min(Comparator.naturalOrder());
        Optional<Instant> last =
                tasks.stream().flatMap(t -> t.stoppedAt().stream()).max(Comparator.naturalOrder());
        return first.isPresent() && last.isPresent()
                ? " within " + DurationText.show(Duration.between(first.get(), last.get()))
                : "";
    }

    private String ended(TaskSeen task) {
        String reason = task.stoppedReason().isEmpty()
                ? "no reason given"
                : task.stoppedReason().replaceFirst("\\.$", "");
        return task.containers().stream()
                .filter(c -> c.exitCode().isPresent())
                .sorted(Comparator.comparing((ContainerSeen c) -> !c.name().equals(expected.container())))
                .findFirst()
                .map(c -> reason + ", exit code " + c.exitCode().orElseThrow()
                        + meaning(c.exitCode().orElseThrow())
                        + (task.containers().size() > 1 ? " of container '" + c.name() + "'" : ""))
                .orElse(reason);
    }

    private static String meaning(int code) {
        String meaning = ExitCode.meaning(code);
        return meaning.isEmpty() ? "" : " (" + meaning + ")";
    }

    /** {@code x}, or {@code 2 times x; 1 time y} when they differ; the most frequent first. */
    private static String reasons(List<String> texts) {
        Map<String, Long> counted =
                texts.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        if (counted.size() == 1) {
            return texts.get(0);
        }
        return counted.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(REASONS)
                .map(entry -> entry.getValue() + (entry.getValue() == 1 ? " time " : " times ") + entry.getKey())
                .collect(Collectors.joining("; "));
    }

    private List<String> containerReasons() {
        return tasks.stream()
                .flatMap(task -> task.containers().stream())
                .filter(c -> !c.reason().isEmpty())
                .map(c -> "Container '" + c.name() + "': " + c.reason())
                .distinct()
                .limit(EVENTS)
                .toList();
    }

    private Optional<String> serving() {
        return seen.deployments().stream()
                .filter(d -> !d.id().equals(expected.deploymentId()) && d.running() > 0)
                .findFirst()
                .map(d -> capital(Arns.revision(d.taskDefinition())) + " still serves (" + d.running() + " of "
                        + Math.max(d.desired(), expected.desired()) + " tasks running).");
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private String next() {
        return switch (failed.kind()) {
            case SUPERSEDED -> "see who deployed at the same time, then deploy again if your version shall run.";
            case DELETED -> "create the service again, then deploy.";
            case SCALED_TO_ZERO -> "scale the service up and deploy again.";
            case WRONG_IMAGE ->
                expected.image().map(Expected.Image::pinned).orElse(false)
                        ? "see what else changes this task definition or its image, then deploy again."
                        : "set ecs.mode=revision, which pins the digest.";
            case ROLLBACK_FAILED -> "act at once: look at the tasks and events of both revisions in the ECS console.";
            case TIMEOUT ->
                cause.map(KnownCause::next)
                        .orElse("raise ecs.timeout if the application needs longer, or look at the service's events.");
            default ->
                cause.map(KnownCause::next)
                        .orElse(
                                "look at the stopped tasks and events of the service in the ECS console, then deploy again.");
        };
    }
}
