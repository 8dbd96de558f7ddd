package io.github.ecsmaven.sandbox.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** JSON as the sandbox reads and writes it, on the wire and on disk. */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A time as AWS's JSON protocols write it: epoch seconds with milliseconds as the fraction. */
    public static BigDecimal time(Instant instant) {
        return BigDecimal.valueOf(instant.toEpochMilli(), 3);
    }

    /**
     * @return the object in these bytes; null when they are something else
     */
    public static @Nullable ObjectNode parse(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes) instanceof ObjectNode object ? object : null;
        } catch (IOException notJson) {
            return null;
        }
    }

    public static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** A value as it is written. */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** A record of the stored state. */
    public static <T> T read(Path file, Class<T> type) throws IOException {
        return MAPPER.readValue(Files.readAllBytes(file), type);
    }

    /** Writes a record in one step: whoever reads, also after the process was killed, finds the old one or the new one. */
    public static void write(Path file, Object value) {
        try {
            Path parent = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
            if (!Files.isDirectory(parent)) {
                Files.createDirectories(parent);
            }
            // createTempFile gives the owner alone the right to read it
            Path fresh = Files.createTempFile(parent, "." + file.getFileName(), ".new");
            Files.write(fresh, MAPPER.writeValueAsBytes(value));
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
