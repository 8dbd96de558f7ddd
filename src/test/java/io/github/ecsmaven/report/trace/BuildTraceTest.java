package io.github.ecsmaven.report.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.Builds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** By the rules of OTLP's JSON encoding: ids are hexadecimal, 64 bits are text, enums are numbers. */
class BuildTraceTest {
    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT=http://c";

    @Test
    void ofACallIsItsSpanWithAChildForEachStageThatRan() {
        BuildRecord call = Builds.sample();

        List<JsonNode> spans = spans(ENDPOINT, call.id(), call);

        JsonNode root = spans.get(0);
        assertThat(spans).allSatisfy(span -> {
            assertThat(span.get("traceId").textValue()).matches("[0-9a-f]{32}").isEqualTo(text(root, "traceId"));
            assertThat(span.get("spanId").textValue()).matches("[0-9a-f]{16}");
            assertThat(span.get("startTimeUnixNano").textValue()).matches("\\d{19}");
            assertThat(span.get("endTimeUnixNano").textValue())
                    .matches("\\d{19}")
                    .isGreaterThanOrEqualTo(text(span, "startTimeUnixNano"));
        });
        assertThat(spans.stream().map(span -> text(span, "spanId")).distinct()).hasSameSizeAs(spans);
        assertThat(root.has("parentSpanId")).isFalse();
        assertThat(root.get("kind").intValue()).isEqualTo(2);
        assertThat(text(root, "name")).isEqualTo("RUN " + call.project());
        assertThat(attributes(root))
                .contains(
                        "cicd.pipeline.result=failure",
                        "cicd.pipeline.action.name=RUN",
                        "error.type=integration tests");
        assertThat(text(root, "startTimeUnixNano"))
                .as("the checkout was before Maven")
                .isEqualTo(nanos(call.modules().get(0).stages().get(0).started().orElseThrow()));
        List<JsonNode> stages = spans.subList(1, spans.size());
        assertThat(stages).allSatisfy(span -> {
            assertThat(text(span, "parentSpanId")).isEqualTo(text(root, "spanId"));
            assertThat(span.get("kind").intValue()).isEqualTo(1);
        });
        assertThat(stages).hasSize((int) call.modules().stream()
                .flatMap(module -> module.stages().stream())
                .filter(stage -> stage.status().ran())
                .count());
    }

    @Test
    void ofAStageThatFailedIsAnErrorWithItsTests() {
        BuildRecord call = Builds.sample();
        JsonNode failed = spans(ENDPOINT, call.id(), call).stream()
                .skip(1)
                .filter(span -> span.has("status"))
                .collect(Collectors.collectingAndThen(Collectors.toList(), all -> {
                    assertThat(all).hasSize(1);
                    return all.get(0);
                }));

        assertThat(failed.at("/status/code").intValue()).isEqualTo(2);
        assertThat(attributes(failed))
                .contains(
                        "cicd.pipeline.task.name=integration tests",
                        "cicd.pipeline.task.type=test",
                        "cicd.pipeline.task.run.id=shop-web/integration tests",
                        "cicd.pipeline.task.run.result=failure",
                        "ecs.tests.run=9");
        assertThat(attributes(failed.at("/events/0")))
                .contains("test.case.name=shop.web.CheckoutIT.totalIsShown", "code.line.number=42");
    }

    @Test
    void ofALaterCallOfTheSameBuildHangsBelowTheFirst() {
        BuildRecord first = Builds.sample();
        BuildRecord later = Builds.numbered("20261126T150000Z-0000ff", "214");

        JsonNode root = spans(ENDPOINT, first.id(), first).get(0);
        JsonNode second = spans(ENDPOINT, first.id(), later).get(0);

        assertThat(text(second, "traceId")).isEqualTo(text(root, "traceId"));
        assertThat(text(second, "parentSpanId")).isEqualTo(text(root, "spanId"));
        assertThat(text(second, "spanId")).isNotEqualTo(text(root, "spanId"));
    }

    @Test
    void ofABuildInATraceBelongsToIt() {
        BuildRecord call = Builds.sample();
        JsonNode root = spans(
                        ENDPOINT
                                + ";TRACEPARENT=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01;TRACESTATE=a=b",
                        call.id(),
                        call)
                .get(0);

        assertThat(text(root, "traceId")).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(text(root, "parentSpanId")).isEqualTo("b7ad6b7169203331");
        assertThat(text(root, "traceState")).isEqualTo("a=b");
    }

    @Test
    void resourceSaysWhichPipelineAndCommit() {
        BuildRecord call = Builds.sample();
        assertThat(attributes(request(ENDPOINT, call.id(), call).at("/resourceSpans/0/resource")))
                .contains(
                        "service.name=ecs-maven-plugin",
                        "cicd.pipeline.name=" + call.project(),
                        "cicd.pipeline.run.id=" + call.trigger().build().orElseThrow(),
                        "vcs.ref.head.revision="
                                + call.source().orElseThrow().commit().orElseThrow());
    }

    @Test
    void resourceHasEachNameOnceTheEnvironmentsValueFirst() {
        BuildRecord call = Builds.sample();
        assertThat(attributes(
                        request(ENDPOINT + ";OTEL_RESOURCE_ATTRIBUTES=cicd.pipeline.name=nightly", call.id(), call)
                                .at("/resourceSpans/0/resource")))
                .filteredOn(attribute -> attribute.startsWith("cicd.pipeline.name="))
                .containsExactly("cicd.pipeline.name=nightly");
    }

    private static String nanos(String time) {
        return Instant.parse(time).toEpochMilli() + "000000";
    }

    private static JsonNode request(String environment, String build, BuildRecord call) {
        return new BuildTrace(TraceSettingsTest.of(environment).orElseThrow()).of(build, call);
    }

    private static List<JsonNode> spans(String environment, String build, BuildRecord call) {
        List<JsonNode> spans = new ArrayList<>();
        request(environment, build, call)
                .at("/resourceSpans/0/scopeSpans/0/spans")
                .forEach(spans::add);
        return spans;
    }

    private static String text(JsonNode node, String field) {
        return node.get(field).textValue();
    }

    private static List<String> attributes(JsonNode of) {
        return StreamSupport.stream(of.get("attributes").spliterator(), false)
                .map(one -> text(one, "key") + "="
                        + one.get("value").elements().next().textValue())
                .toList();
    }
}
