package io.github.ecsmaven.ecs.verdict;

import io.github.ecsmaven.DurationText;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.verdict.Observation.ContainerSeen;
import io.github.ecsmaven.ecs.verdict.Observation.TaskSeen;
import io.github.ecsmaven.ecs.verdict.Verdict.Failed;
import io.github.ecsmaven.ecs.verdict.Verdict.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Explains a failed rollout: what happened, the evidence, what to do next. Pure. */
public final class Diagnosis {
    private static final Set<Kind> BY_OTHERS = Set.of(Kind.SUPERSEDED, Kind.DELETED, Kind.SCALED_TO_ZERO);
    private static final String REASON = "Reason: ";
    private static final Pattern OF_HEALTH = Pattern.compile("is unhealthy in \\(|failed container health checks");
    private static final int EVENTS = 3;
    private static final int REASONS = 3;
    private static final int TARGETS = 3;
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Failed failed;
    private final Observation seen;
    private final Expected expected;
    private final Details details;
    private final String noun;
    private final List<TaskSeen> tasks;
    private final List<String> events;
    private final Optional<KnownCause> cause;

    private Diagnosis(Failed failed, Observation seen, Expected expected, Details details) {
        this.failed = failed;
        this.seen = seen;
        this.expected = expected;
        this.details = details;
        this.noun = expected.isRollback() ? "rollback" : "rollout";
        this.tasks = CrashLoop.failed(seen, expected);
        this.events = ServiceEvents.telling(seen.events());
        this.cause = BY_OTHERS.contains(failed.kind()) ? Optional.empty() : KnownCause.of(texts());
    }

    /**
     * What a failed rollout comes to.
     *
     * @param end when it failed, and what was done about it, as evidence: "Rolled back: revision 17 runs again."
     */
    public static Problem explain(Failed failed, Observation seen, Expected expected, Details details, End end) {
        Diagnosis diagnosis = new Diagnosis(failed, seen, expected, details);
        String urgent = end.again()
                .map(command -> "act at once, as the service was not brought back: look at its tasks; " + command
                        + " tries it again. After that: ")
                .orElse("");
        return Problem.ofProject(diagnosis.what(), diagnosis.evidence(end), urgent + diagnosis.next());
    }

    /**
     * @param at when it failed
     * @param after what was done about it; may be empty
     * @param console address at which a person sees the service; empty where there is none
     * @param again command that tries the way back once more; empty unless it was tried and is not done
     */
    public record End(Instant at, List<String> after, Optional<String> console, Optional<String> again) {
        public End {
            after = List.copyOf(after);
        }

        /** Of a way back that is done, or that nobody tried. */
        public End(Instant at, List<String> after, Optional<String> console) {
            this(at, after, console, Optional.empty());
        }
    }

    private List<String> texts() {
        Stream<String> stopped = tasks.stream().flatMap(this::texts);
        Stream<String> targets =
                endedByThemselves() ? Stream.of() : details.targets().stream().map(Details.Target::reason);
        Stream<String> told = Stream.of(
                failed.why(),
                seen.tracked().map(Observation.Tracked::reason).orElse(""),
                seen.deployment(expected.deploymentId())
                        .map(Observation.Deployed::reason)
                        .orElse(""));
        return Stream.of(stopped, targets, told, tellingEvents())
                .flatMap(Function.identity())
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** Tasks that stopped by themselves had found their place; that there was none before explains nothing. */
    private Stream<String> tellingEvents() {
        boolean placed = !tasks.isEmpty() && (failed.kind() != Kind.TIMEOUT || !Delay.lacksPlace(seen.events()));
        boolean ended = endedByThemselves();
        return seen.events().stream()
                .filter(event -> !(placed && Delay.isOfPlace(event)))
                .filter(event -> !(ended && OF_HEALTH.matcher(event).find()));
    }

    /** A container that ends is found unhealthy too, which explains nothing; of those that ECS stops for it their reason says so. */
    private boolean endedByThemselves() {
        boolean oneByOne = failed.kind() != Kind.TIMEOUT || CrashLoop.is(seen, expected);
        return !tasks.isEmpty()
                && oneByOne
                && tasks.stream().noneMatch(task -> task.stoppedReason().contains("health checks"));
    }

    private Stream<String> texts(TaskSeen task) {
        Stream<String> codes = FailedContainer.failed(task, expected).stream()
                .limit(1)
                .map(container -> "Exit Code " + container.exitCode().orElseThrow() + ".");
        return Stream.of(
                        Stream.of(task.stoppedReason(), task.stopCode()),
                        task.containers().stream().map(ContainerSeen::reason),
                        codes)
                .flatMap(Function.identity());
    }

    private String what() {
        String service = expected.service() + " in " + expected.cluster();
        String revision = Arns.revision(expected.taskDefinition());
        String why = cause.map(KnownCause::saying).orElse("");
        String because = why.isEmpty() ? "." : ": " + why + ".";
        return switch (failed.kind()) {
            case ROLLED_BACK ->
                (expected.isRollback()
                                ? "The rollback of " + service + " to " + revision + " failed, and "
                                        + expected.deployer() + " took it back"
                                : expected.deployer() + " rolled " + service + " back")
                        + (failed.why().isEmpty() ? "" : " to " + Arns.revision(failed.why()))
                        + because;
            case ROLLBACK_FAILED ->
                isFirst()
                        ? "The first rollout of " + service + " failed" + because
                        : expected.deployer() + " could not roll " + service + " back after the " + noun + " failed"
                                + because;
            case GIVEN_UP ->
                expected.deployer() + " gave up the " + noun + " of " + service + " to " + revision + because;
            case CRASH_LOOP -> "The " + noun + " of " + service + " to " + revision + " goes nowhere" + because;
            case SUPERSEDED ->
                "Another deployment won: the " + noun + " of " + service + " to " + revision + " was superseded.";
            case DELETED -> "The service " + service + " was deleted during its " + noun + ".";
            case SCALED_TO_ZERO ->
                "The service " + service + " was scaled to 0 during its " + noun + ": nothing was proved.";
            case WRONG_IMAGE -> "The " + noun + " of " + service + " completed, but runs another image.";
            case TIMEOUT ->
                "The " + noun + " of " + service + " to " + revision + " was not at its end after "
                        + DurationText.show(expected.timeout()) + because;
        };
    }

    private List<String> evidence(End end) {
        List<String> lines = new ArrayList<>();
        lines.add("Deployment " + expected.deploymentId() + ", begun at " + UTC.format(expected.started())
                + ", ended after " + DurationText.show(Duration.between(expected.started(), end.at())) + ".");
        why().ifPresent(lines::add);
        lines.addAll(details.winner());
        if (!BY_OTHERS.contains(failed.kind())) {
            stoppedTasks().ifPresent(lines::add);
            lines.addAll(containerReasons());
            details.logs().forEach(tail -> lines.addAll(logLines(tail)));
            lines.addAll(targets());
            lines.addAll(details.ended());
            events.stream()
                    .filter(event -> !isStopReason(event))
                    .limit(EVENTS)
                    .map(ServiceEvents::said)
                    .forEach(lines::add);
            serving().ifPresent(lines::add);
        }
        lines.addAll(end.after());
        expected.image()
                .ifPresent(image -> lines.add(
                        "The image was pushed and stays: " + image.digest().shortText()));
        end.console().ifPresent(lines::add);
        return lines;
    }

    private Optional<String> why() {
        String text =
                switch (failed.kind()) {
                    case TIMEOUT -> "Last seen: " + failed.why().replaceAll(" {2,}", ", ");
                    case WRONG_IMAGE ->
                        expected.image()
                                .map(image -> "Pushed " + image.digest() + ", running " + failed.why())
                                .orElse("");
                    case ROLLED_BACK ->
                        seen.tracked().map(Observation.Tracked::reason).orElse("");
                    case SUPERSEDED, DELETED -> capital(failed.why()) + ".";
                    default -> failed.why();
                };
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static List<String> logLines(Details.LogTail tail) {
        String head = "container '" + tail.container() + "' of task " + shortId(tail.task());
        if (tail.lines().isEmpty()) {
            return List.of("No log of " + head + ": " + tail.instead() + ".");
        }
        return Stream.concat(
                        Stream.of("Last lines of " + head + ":"),
                        tail.lines().stream().map(line -> "  " + line))
                .toList();
    }

    private static String shortId(String task) {
        return task.length() > 12 ? task.substring(0, 12) : task;
    }

    private List<String> targets() {
        return details.targets().stream()
                .map(target -> "Target " + target.target() + " in " + target.group() + " is " + target.state()
                        + (target.reason().isEmpty() ? "" : ": " + target.reason()) + ".")
                .limit(TARGETS)
                .toList();
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
                : ServiceEvents.shortened(task.stoppedReason()).replaceFirst("\\.$", "");
        return FailedContainer.failed(task, expected).stream()
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
                .filter(c -> !c.reason().isEmpty() && !isStopReason(c.reason()))
                .map(c -> "Container '" + c.name() + "': " + c.reason())
                .distinct()
                .limit(EVENTS)
                .toList();
    }

    /** An event, or a container's reason, that only says again that the tasks stopped, or why. */
    private boolean isStopReason(String text) {
        int at = text.indexOf(REASON);
        String reason = text.substring(at < 0 ? 0 : at + REASON.length()).replaceFirst("\\.$", "");
        return tasks.stream().anyMatch(task -> task.stoppedReason().contains(reason))
                || !tasks.isEmpty() && text.contains("is unable to consistently start tasks");
    }

    /** Where there is a good version that does not run either, whoever is called has to know that at once. */
    private Optional<String> serving() {
        boolean none = expected.desired() > 0
                && expected.good().isPresent()
                && seen.deployments().stream().allMatch(d -> d.running() == 0);
        if (none) {
            return Optional.of("No task of the service was running.");
        }
        return seen.deployments().stream()
                .filter(d -> !d.id().equals(expected.deploymentId()) && d.running() > 0)
                .findFirst()
                .map(d -> capital(Arns.revision(d.taskDefinition())) + " still serves (" + d.running() + " of "
                        + Math.max(d.desired(), expected.desired()) + " tasks running).");
    }

    /** To begin a sentence. */
    public static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private String next() {
        String next = nextOfDeploy();
        return expected.isRollback()
                ? next.replace("deploy again", "roll back again") + " With ecs.to it goes to another revision."
                : next;
    }

    private String nextOfDeploy() {
        return switch (failed.kind()) {
            case SUPERSEDED -> "see who deployed at the same time, then deploy again if your version shall run.";
            case DELETED -> "create the service again, then deploy.";
            case SCALED_TO_ZERO -> "scale the service up and deploy again.";
            case WRONG_IMAGE ->
                expected.image().map(Expected.Image::pinned).orElse(false)
                        ? "see what else changes this task definition or its image, then deploy again."
                        : "set ecs.mode=revision, which pins the digest.";
            case ROLLBACK_FAILED ->
                isFirst()
                        ? remedy()
                        : "act at once: look at the tasks and events of both revisions in the ECS console.";
            case TIMEOUT ->
                cause.map(KnownCause::next)
                        .orElse("raise ecs.timeout if the application needs longer, or look at the service's events.");
            default -> remedy();
        };
    }

    private String remedy() {
        return cause.map(KnownCause::next)
                .orElse("look at the stopped tasks and events of the service in the ECS console, then deploy again.");
    }

    /** ECS rolls that back too, and finds nothing to go back to. */
    private boolean isFirst() {
        return expected.good().isEmpty();
    }
}
