package io.github.ecsmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.RecordFile;
import io.github.ecsmaven.report.BuildRecord.Status;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordSchemaTest {
    @Test
    void theSampleAndABuildOfEveryStatusAreAsItSays() throws IOException {
        RecordSchema.accepts(json(Builds.sample()));
        JsonNode other = json(Builds.withStages(
                new BuildRecord.Stage(
                        "compile",
                        Status.INTERRUPTED,
                        Optional.of("2026-11-26T14:53:03Z"),
                        1,
                        Optional.empty(),
                        Optional.empty()),
                Builds.stage("unit tests", Status.SKIPPED, 0),
                Builds.stage("package", Status.NOT_RUN, 0)));
        ((ObjectNode) other.get("source")).put("commit", "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567");
        RecordSchema.accepts(other);
    }

    @ParameterizedTest
    @CsvSource({
        "/, id, 7",
        "/, outcome, DONE",
        "/, nobody, knows",
        "/modules/0/stages/0, status, OK",
        "/modules/0/stages/0, seconds, soon",
        "/modules/1/image, digest, sha256:1",
    })
    void anythingElseIsNot(String place, String field, String value) throws IOException {
        JsonNode record = json(Builds.sample());
        ((ObjectNode) record.at(place.equals("/") ? "" : place)).put(field, value);
        assertThat(RecordSchema.complaints(record)).isNotEmpty();
    }

    /** A field that is added has to be told in the schema and on the page. */
    @Test
    void eachFieldIsInTheSchemaAndOnThePage() throws IOException {
        String page = Files.readString(Path.of("src/site/markdown/history.md"));
        List<String> schema = namesBelow(RecordSchema.json());
        assertThat(fields(BuildRecord.class)).allSatisfy(field -> {
            assertThat(schema).contains(field);
            assertThat(page).contains("`" + field + "`");
        });
    }

    private static List<String> namesBelow(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.properties().forEach(entry -> {
            names.add(entry.getKey());
            names.addAll(namesBelow(entry.getValue()));
        });
        return names;
    }

    private static List<String> fields(Class<?> record) {
        return Stream.of(record.getRecordComponents())
                .flatMap(part -> Stream.concat(Stream.of(part.getName()), of(part).stream()))
                .distinct()
                .toList();
    }

    private static List<String> of(RecordComponent part) {
        Type type = part.getGenericType() instanceof ParameterizedType container
                ? container.getActualTypeArguments()[0]
                : part.getType();
        return type instanceof Class<?> known && known.isRecord() ? fields(known) : List.of();
    }

    private static JsonNode json(BuildRecord build) throws IOException {
        return new ObjectMapper().readTree(RecordFile.line(build));
    }
}
