package io.github.ecsmaven.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.ecsmaven.report.BuildRecord.Outcome;
import io.github.ecsmaven.report.BuildRecord.Status;
import io.github.ecsmaven.report.BuildSum.Rollout;
import io.github.ecsmaven.report.BuildSum.Stage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The sums of many builds as one line of JSON, {@code {"sums":[[…],…]}}: an array for each build, in the order of {@link BuildSum}'s
 * components, that of its stages flat, times in milliseconds of the epoch. A long history is read so in a part of the time that names of fields would take.
 */
final class SumLine {
    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] BEGIN = "{\"sums\":".getBytes(StandardCharsets.UTF_8);

    private final JsonParser json;

    private SumLine(JsonParser json) {
        this.json = json;
    }

    /** Without the line's end. */
    static byte[] write(List<BuildSum> sums) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeArrayFieldStart("sums");
            for (BuildSum sum : sums) {
                write(out, sum);
            }
            out.writeEndArray();
            out.writeEndObject();
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator out, BuildSum sum) throws IOException {
        out.writeStartArray();
        out.writeString(sum.id());
        out.writeString(sum.number());
        out.writeString(sum.outcome().name());
        write(out, sum.started());
        out.writeNumber(sum.seconds());
        out.writeString(sum.line());
        out.writeString(sum.commit());
        write(out, sum.committed());
        out.writeStartArray();
        for (Stage stage : sum.stages()) {
            out.writeString(stage.stage());
            out.writeString(stage.status().name());
            out.writeNumber(stage.seconds());
            out.writeBoolean(stage.ran());
        }
        out.writeEndArray();
        write(out, sum.rollout().map(Rollout::ended));
        out.writeBoolean(sum.rollout().map(Rollout::good).orElse(false));
        out.writeEndArray();
    }

    /** Milliseconds of the epoch. */
    private static void write(JsonGenerator out, Optional<Instant> time) throws IOException {
        if (time.isPresent()) {
            out.writeNumber(time.get().toEpochMilli());
        } else {
            out.writeNull();
        }
    }

    static boolean is(byte[] line) {
        return line.length > BEGIN.length && Arrays.equals(line, 0, BEGIN.length, BEGIN, 0, BEGIN.length);
    }

    /**
     * Reads the first line, and the rest only as far as a buffer takes it.
     *
     * @return empty where the text begins with another line
     * @throws IOException when the line is broken
     */
    static Optional<List<BuildSum>> read(InputStream text) throws IOException {
        byte[] begin = text.readNBytes(BEGIN.length + 1);
        if (!is(begin)) {
            return Optional.empty();
        }
        try (JsonParser json = JSON.createParser(new SequenceInputStream(new ByteArrayInputStream(begin), text))) {
            json.nextToken();
            json.nextToken();
            return Optional.of(new SumLine(json).sums());
        } catch (IllegalArgumentException | NullPointerException wrong) {
            throw new IOException("a value is missing or unknown", wrong);
        }
    }

    private List<BuildSum> sums() throws IOException {
        List<BuildSum> sums = new ArrayList<>();
        begin();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            sums.add(sum());
        }
        return sums;
    }

    private BuildSum sum() throws IOException {
        String id = json.nextTextValue();
        String number = json.nextTextValue();
        Outcome outcome = Outcome.valueOf(json.nextTextValue());
        Optional<Instant> started = time();
        double seconds = number();
        String line = json.nextTextValue();
        String commit = json.nextTextValue();
        Optional<Instant> committed = time();
        List<Stage> stages = new ArrayList<>();
        begin();
        for (String stage = json.nextTextValue(); stage != null; stage = json.nextTextValue()) {
            stages.add(new Stage(stage, Status.valueOf(json.nextTextValue()), number(), flag()));
        }
        Optional<Instant> ended = time();
        boolean good = flag();
        if (json.nextToken() != JsonToken.END_ARRAY) {
            throw new IOException("a build has more values than are known");
        }
        return new BuildSum(
                id,
                number,
                outcome,
                started,
                seconds,
                line,
                commit,
                committed,
                stages,
                ended.map(time -> new Rollout(time, good)));
    }

    private void begin() throws IOException {
        if (json.nextToken() != JsonToken.START_ARRAY) {
            throw new IOException("no array but " + json.currentToken());
        }
    }

    private Optional<Instant> time() throws IOException {
        return json.nextToken() == JsonToken.VALUE_NULL
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(json.getLongValue()));
    }

    private double number() throws IOException {
        json.nextToken();
        return json.getDoubleValue();
    }

    private boolean flag() throws IOException {
        json.nextToken();
        return json.getBooleanValue();
    }
}
