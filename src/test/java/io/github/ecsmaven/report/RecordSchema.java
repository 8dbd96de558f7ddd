package io.github.ecsmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The published schema of build records. */
public final class RecordSchema {
    private static final Path FILE = Path.of("src/site/resources/schema/build-record-1.json");

    private RecordSchema() {}

    /** What in the record is not as the schema says. */
    static List<String> complaints(JsonNode record) {
        return schema().validate(record).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    public static void accepts(JsonNode record) {
        assertThat(complaints(record)).as(record.toPrettyString()).isEmpty();
    }

    static JsonNode json() {
        try {
            return new ObjectMapper().readTree(Files.readAllBytes(FILE));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static JsonSchema schema() {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(json());
    }
}
