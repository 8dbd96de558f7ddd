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
import java.util.stream.Stream;

/**
 * The sums of many builds as one line of JSON, {@code {"sums":[[words],[build],…]}}. A build is an array in the order of {@link BuildSum}'s
 * components, in which outcome, line and the stages' names and statuses are places in the array of words, and all times
 * milliseconds: a long history is read so in a part of the time that texts would take.
 */
final class SumLine {
    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] BEGIN = "{\"sums\":".getBytes(StandardCharsets.UTF_8);

    private final JsonParser json;
    private final List<String> words = new ArrayList<>();

    private SumLine(JsonParser json) {
        this.json = json;
    }

    /** Without the line's end. */
    static byte[] write(List<BuildSum> sums) {
        List<String> words = sums.stream().flatMap(SumLine::words).distinct().toList();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeArrayFieldStart("sums");
            out.writeArray(words.toArray(String[]::new), 0, words.size());
            for (BuildSum sum : sums) {
                write(out, sum, words);
            }
            out.writeEndArray();
            out.writeEndObject();
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return bytes.toByteArray();
    }

    private static Stream<String> words(BuildSum sum) {
        return Stream.concat(
                Stream.of(sum.outcome().name(), sum.line()),
                sum.stages().stream()
                        .flatMap(
                                stage -> Stream.of(stage.stage(), stage.status().name())));
    }

    private static void write(JsonGenerator out, BuildSum sum, List<String> words) throws IOException {
        out.writeStartArray();
        out.writeString(sum.id());
        out.writeString(sum.number());
        out.writeNumber(words.indexOf(sum.outcome().name()));
        write(out, sum.started());
        out.writeNumber(millis(sum.seconds()));
        out.writeNumber(words.indexOf(sum.line()));
        out.writeString(sum.commit());
        write(out, sum.committed());
        write(out, sum.rollout().map(Rollout::ended));
        out.writeBoolean(sum.rollout().map(Rollout::good).orElse(false));
        for (Stage stage : sum.stages()) {
            out.writeNumber(words.indexOf(stage.stage()));
            out.writeNumber(words.indexOf(stage.status().name()));
            out.writeNumber(millis(stage.seconds()));
            out.writeBoolean(stage.ran());
        }
        out.writeEndArray();
    }

    private static void write(JsonGenerator out, Optional<Instant> time) throws IOException {
        if (time.isPresent()) {
            out.writeNumber(time.get().toEpochMilli());
        } else {
            out.writeNull();
        }
    }

    private static long millis(double seconds) {
        return Math.round(seconds * 1000);
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
        } catch (IllegalArgumentException | IndexOutOfBoundsException | NullPointerException wrong) {
            throw new IOException("a value is missing or unknown", wrong);
        }
    }

    private List<BuildSum> sums() throws IOException {
        begin();
        begin();
        for (String word = json.nextTextValue(); word != null; word = json.nextTextValue()) {
            words.add(word);
        }
        List<BuildSum> sums = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            sums.add(sum());
        }
        return sums;
    }

    private BuildSum sum() throws IOException {
        String id = json.nextTextValue();
        String number = json.nextTextValue();
        Outcome outcome = Outcome.valueOf(word());
        Optional<Instant> started = time();
        double seconds = seconds();
        String line = word();
        String commit = json.nextTextValue();
        Optional<Instant> committed = time();
        Optional<Instant> ended = time();
        boolean good = flag();
        List<Stage> stages = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            stages.add(new Stage(words.get(json.getIntValue()), Status.valueOf(word()), seconds(), flag()));
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

    private String word() throws IOException {
        json.nextToken();
        return words.get(json.getIntValue());
    }

    private Optional<Instant> time() throws IOException {
        return json.nextToken() == JsonToken.VALUE_NULL
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(json.getLongValue()));
    }

    private double seconds() throws IOException {
        json.nextToken();
        return json.getLongValue() / 1000.0;
    }

    private boolean flag() throws IOException {
        json.nextToken();
        return json.getBooleanValue();
    }
}
