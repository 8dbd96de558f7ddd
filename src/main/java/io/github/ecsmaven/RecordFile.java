package io.github.ecsmaven;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a goal learned, as a small JSON file in {@code target/ecs}, so that another Maven call can go on from it. Fields
 * that a reader doesn't know are passed over; times are ISO 8601 strings.
 */
public final class RecordFile {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // NON_ABSENT for all would write null: to Jackson without its own module Optional is no reference type.
            .withConfigOverride(
                    Optional.class,
                    optional -> optional.setInclude(
                            JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS)))
            .addModule(OptionalJson.module())
            .build();

    private static final ObjectWriter LINE = JSON.writer().without(SerializationFeature.INDENT_OUTPUT);

    private RecordFile() {}

    /** Writes the record in one step: a reader sees the old file or the new one. */
    public static void write(Path file, Object record) {
        try {
            WholeFile.write(file, JSON.writeValueAsBytes(record));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** The record on one line, without a line's end. */
    public static byte[] line(Object record) {
        try {
            return LINE.writeValueAsBytes(record);
        } catch (JsonProcessingException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** @throws IOException when the text is not that record */
    public static <T> T parse(byte[] text, Class<T> type) throws IOException {
        T record = JSON.readValue(text, type);
        if (record == null) {
            throw new IOException("the text is null");
        }
        return record;
    }

    /**
     * @return the record, or empty when there is no such file
     * @throws Problem when the file is there but can't be read as that record
     */
    public static <T> Optional<T> read(Path file, Class<T> type) {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), type));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (JsonProcessingException error) {
            throw new Problem(
                    Problem.Blame.PROJECT,
                    "The record '" + file + "' can't be read.",
                    List.of(String.valueOf(error.getOriginalMessage())),
                    "delete it and build the image again with mvn verify.",
                    error);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
