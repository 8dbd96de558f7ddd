package io.github.ecsmaven.report.trace;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.report.BrokenStage;
import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.BuildRecord.Failure;
import io.github.ecsmaven.report.BuildRecord.Module;
import io.github.ecsmaven.report.BuildRecord.Outcome;
import io.github.ecsmaven.report.BuildRecord.Source;
import io.github.ecsmaven.report.BuildRecord.Stage;
import io.github.ecsmaven.report.BuildRecord.StageError;
import io.github.ecsmaven.report.BuildRecord.Status;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Maven call as a trace: a span for the call, below it one for each stage of each module that ran. Encoded as OTLP's JSON, with the attributes of the
 * semantic conventions for CI/CD. Ids come from the records' own, so that the calls of one build are one trace.
 */
public final class BuildTrace {
    private static final int SERVER = 2;
    private static final int INTERNAL = 1;
    private static final int ERROR = 2;
    private static final int MOST_EVENTS = 10;
    private static final Map<String, String> TYPES = Map.of(
            "compile", "build",
            "package", "build",
            "image", "build",
            "unit tests", "test",
            "integration tests", "test",
            "push", "deploy",
            "rollout", "deploy",
            "upload", "deploy",
            "smoke test", "test",
            "rollback", "deploy");

    private final TraceSettings settings;
    private final JsonNodeFactory json = JsonNodeFactory.instance;

    public BuildTrace(TraceSettings settings) {
        this.settings = settings;
    }

    /**
     * An {@code ExportTraceServiceRequest}.
     *
     * @param build id of the record to which the call belongs
     * @param call what it did; its own id differs when it is not the build's first
     */
    public ObjectNode of(String build, BuildRecord call) {
        ObjectNode request = json.objectNode();
        ObjectNode resource = request.putArray("resourceSpans").addObject();
        resource.putObject("resource").set("attributes", resource(build, call));
        ObjectNode scope = resource.putArray("scopeSpans").addObject();
        scope.putObject("scope").put("name", "io.github.ecsmaven");
        ArrayNode spans = scope.putArray("spans");
        String trace = settings.parent().map(TraceSettings.Parent::trace).orElseGet(() -> hex(build, 32));
        String root = hex(call.id() + " call", 16);
        Optional<String> above = settings.parent()
                .map(TraceSettings.Parent::span)
                .or(() -> Optional.of(hex(build + " call", 16)).filter(first -> !first.equals(root)));
        spans.add(call(call, trace, root, above));
        for (Module module : call.modules()) {
            module.stages().stream()
                    .filter(stage -> stage.started().isPresent())
                    .forEach(stage -> spans.add(stage(call, module, stage, trace, root)));
        }
        return request;
    }

    /** OTLP takes each name once; the environment's own values go first. */
    private ArrayNode resource(String build, BuildRecord call) {
        Map<String, String> values = new LinkedHashMap<>(settings.resource());
        values.putIfAbsent("cicd.pipeline.name", call.project());
        values.putIfAbsent("cicd.pipeline.run.id", call.trigger().build().orElse(build));
        call.trigger().url().ifPresent(url -> values.putIfAbsent("cicd.pipeline.run.url.full", url));
        call.source().flatMap(Source::commit).ifPresent(commit -> values.putIfAbsent("vcs.ref.head.revision", commit));
        call.source().flatMap(Source::branch).ifPresent(branch -> {
            values.putIfAbsent("vcs.ref.head.name", branch);
            values.putIfAbsent("vcs.ref.head.type", "branch");
        });
        ArrayNode attributes = json.arrayNode();
        values.forEach((name, value) -> put(attributes, name, value));
        return attributes;
    }

    private ObjectNode call(BuildRecord call, String trace, String id, Optional<String> above) {
        // The checkout was before Maven.
        String began = stages(call)
                .flatMap(stage -> stage.started().stream())
                .min(Comparator.comparing(Instant::parse))
                .filter(first -> Instant.parse(first).isBefore(Instant.parse(call.started())))
                .orElse(call.started());
        ObjectNode span = span("RUN " + call.project(), SERVER, trace, id, above);
        times(span, Instant.parse(began), Instant.parse(call.ended()));
        ArrayNode attributes = span.putArray("attributes");
        put(attributes, "cicd.pipeline.action.name", "RUN");
        put(attributes, "cicd.pipeline.result", result(call.outcome()));
        put(attributes, "ecs.build.number", call.number());
        if (call.outcome() == Outcome.FAILED) {
            Optional<Stage> failed = BrokenStage.of(call).stream()
                    .map(BrokenStage::stage)
                    .filter(stage -> stage.status() == Status.FAILED)
                    .findFirst();
            put(attributes, "error.type", failed.map(Stage::stage).orElse("_OTHER"));
            error(span, failed.flatMap(Stage::error).map(StageError::what).orElse("The build failed."));
        }
        return span;
    }

    private static Stream<Stage> stages(BuildRecord call) {
        return call.modules().stream().flatMap(module -> module.stages().stream());
    }

    private ObjectNode stage(BuildRecord call, Module module, Stage stage, String trace, String root) {
        String run = module.name() + "/" + stage.stage();
        ObjectNode span = span(stage.stage(), INTERNAL, trace, hex(call.id() + " " + run, 16), Optional.of(root));
        Instant began = Instant.parse(stage.started().orElseThrow());
        Instant ended = began.plusNanos(Math.round(stage.seconds() * 1e9));
        times(span, began, ended);
        ArrayNode attributes = span.putArray("attributes");
        put(attributes, "cicd.pipeline.task.name", stage.stage());
        put(attributes, "cicd.pipeline.task.run.id", run);
        Optional.ofNullable(TYPES.get(stage.stage()))
                .ifPresent(type -> put(attributes, "cicd.pipeline.task.type", type));
        put(attributes, "cicd.pipeline.task.run.result", result(stage.status()));
        call.trigger().url().ifPresent(url -> put(attributes, "cicd.pipeline.task.run.url.full", url));
        put(attributes, "ecs.module", module.name());
        stage.tests().ifPresent(tests -> {
            put(attributes, "ecs.tests.run", tests.run());
            put(attributes, "ecs.tests.failed", tests.failed() + tests.errors());
            put(attributes, "ecs.tests.skipped", tests.skipped());
        });
        if (stage.status() == Status.FAILED) {
            put(attributes, "error.type", "_OTHER");
            error(span, stage.error().map(StageError::what).orElse("The stage failed."));
            events(span, stage.tests().map(BuildRecord.Tests::failures).orElse(List.of()), ended);
        }
        return span;
    }

    private ObjectNode span(String name, int kind, String trace, String id, Optional<String> above) {
        ObjectNode span = json.objectNode();
        span.put("traceId", trace).put("spanId", id);
        above.ifPresent(parent -> span.put("parentSpanId", parent));
        settings.state().ifPresent(state -> span.put("traceState", state));
        return span.put("name", name).put("kind", kind);
    }

    private static void times(ObjectNode span, Instant began, Instant ended) {
        span.put("startTimeUnixNano", nanos(began));
        span.put("endTimeUnixNano", nanos(ended.isBefore(began) ? began : ended));
    }

    /** As OTLP's JSON has it: a number of 64 bits is text. */
    private static String nanos(Instant time) {
        return String.valueOf(time.getEpochSecond() * 1_000_000_000L + time.getNano());
    }

    private static void error(ObjectNode span, String message) {
        span.putObject("status").put("code", ERROR).put("message", message);
    }

    private static void events(ObjectNode span, List<Failure> failures, Instant when) {
        if (failures.isEmpty()) {
            return;
        }
        ArrayNode events = span.putArray("events");
        failures.stream().limit(MOST_EVENTS).forEach(failure -> {
            ObjectNode event =
                    events.addObject().put("timeUnixNano", nanos(when)).put("name", "test failed");
            ArrayNode attributes = event.putArray("attributes");
            put(attributes, "test.case.name", failure.test());
            put(attributes, "test.case.result.status", "fail");
            put(attributes, "exception.message", failure.message());
            failure.file().ifPresent(file -> put(attributes, "code.file.path", file));
            failure.line().ifPresent(line -> put(attributes, "code.line.number", line));
        });
    }

    private static String result(Outcome outcome) {
        return switch (outcome) {
            case SUCCESS -> "success";
            case FAILED -> "failure";
            case INTERRUPTED -> "cancellation";
        };
    }

    private static String result(Status status) {
        return switch (status) {
            case DONE -> "success";
            case FAILED -> "failure";
            case INTERRUPTED -> "cancellation";
            case SKIPPED, NOT_RUN -> "skip";
        };
    }

    private static void put(ArrayNode attributes, String name, String value) {
        attributes.addObject().put("key", name).putObject("value").put("stringValue", value);
    }

    private static void put(ArrayNode attributes, String name, long value) {
        attributes.addObject().put("key", name).putObject("value").put("intValue", String.valueOf(value));
    }

    private static String hex(String name, int digits) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, digits);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
