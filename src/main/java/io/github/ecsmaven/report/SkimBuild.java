package io.github.ecsmaven.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.ecsmaven.report.BuildRecord.Module;
import io.github.ecsmaven.report.BuildRecord.Outcome;
import io.github.ecsmaven.report.BuildRecord.Service;
import io.github.ecsmaven.report.BuildRecord.Source;
import io.github.ecsmaven.report.BuildRecord.Stage;
import io.github.ecsmaven.report.BuildRecord.Status;
import io.github.ecsmaven.report.BuildRecord.Tests;
import io.github.ecsmaven.report.BuildRecord.Trigger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads of a record what {@link BuildSum} needs and passes over the rest: the charts are of thousands of builds, and to bind each
 * field of them costs more than all else that the page takes.
 */
final class SkimBuild {
    private static final JsonFactory JSON = new JsonFactory();

    private static final Trigger NOT_READ =
            new Trigger(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private final JsonParser json;

    private SkimBuild(JsonParser json) {
        this.json = json;
    }

    /**
     * @param line a record as JSON
     * @return the record without what began it, the author and the message, images, errors, failed tests and links
     * @throws IOException when the text is no such record
     */
    static BuildRecord run(byte[] line) throws IOException {
        try (JsonParser json = JSON.createParser(line)) {
            SkimBuild skim = new SkimBuild(json);
            json.nextToken();
            return skim.build();
        } catch (IllegalArgumentException unknown) {
            throw new IOException("an outcome or status that is not known", unknown);
        }
    }

    private BuildRecord build() throws IOException {
        int schema = 0;
        String id = null;
        String number = null;
        String project = null;
        String version = null;
        String name = null;
        String outcome = null;
        String started = null;
        String ended = null;
        double seconds = 0;
        Optional<Source> source = Optional.empty();
        List<Module> modules = null;
        expect(JsonToken.START_OBJECT);
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            switch (field) {
                case "schema" -> schema = (int) number();
                case "id" -> id = required();
                case "number" -> number = required();
                case "project" -> project = required();
                case "version" -> version = required();
                case "name" -> name = required();
                case "outcome" -> outcome = required();
                case "started" -> started = required();
                case "ended" -> ended = required();
                case "seconds" -> seconds = number();
                case "source" -> source = optional(this::source);
                case "modules" -> modules = list(this::module);
                default -> pass();
            }
        }
        return new BuildRecord(
                schema,
                known(id),
                known(number),
                known(project),
                known(version),
                known(name),
                Outcome.valueOf(known(outcome)),
                known(started),
                known(ended),
                seconds,
                source,
                NOT_READ,
                known(modules));
    }

    private Source source() throws IOException {
        Optional<String> branch = Optional.empty();
        Optional<String> commit = Optional.empty();
        Optional<String> committed = Optional.empty();
        expect(JsonToken.START_OBJECT);
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            switch (field) {
                case "branch" -> branch = optional(this::text);
                case "commit" -> commit = optional(this::text);
                case "committed" -> committed = optional(this::text);
                default -> pass();
            }
        }
        return new Source(branch, commit, Optional.empty(), Optional.empty(), committed);
    }

    private Module module() throws IOException {
        String name = null;
        List<Stage> stages = null;
        List<Service> services = null;
        expect(JsonToken.START_OBJECT);
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            switch (field) {
                case "name" -> name = required();
                case "stages" -> stages = list(this::stage);
                case "services" -> services = list(this::service);
                default -> pass();
            }
        }
        return new Module(known(name), known(stages), Optional.empty(), known(services));
    }

    private Stage stage() throws IOException {
        String stage = null;
        String status = null;
        Optional<String> started = Optional.empty();
        double seconds = 0;
        Optional<Tests> tests = Optional.empty();
        expect(JsonToken.START_OBJECT);
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            switch (field) {
                case "stage" -> stage = required();
                case "status" -> status = required();
                case "started" -> started = optional(this::text);
                case "seconds" -> seconds = number();
                case "tests" -> tests = optional(this::tests);
                default -> pass();
            }
        }
        return new Stage(known(stage), Status.valueOf(known(status)), started, seconds, Optional.empty(), tests);
    }

    private Tests tests() throws IOException {
        int run = 0;
        int failed = 0;
        int errors = 0;
        int skipped = 0;
        expect(JsonToken.START_OBJECT);
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            switch (field) {
                case "run" -> run = (int) number();
                case "failed" -> failed = (int) number();
                case "errors" -> errors = (int) number();
                case "skipped" -> skipped = (int) number();
                default -> pass();
            }
        }
        return new Tests(run, failed, errors, skipped, List.of());
    }

    private Service service() throws IOException {
        String cluster = null;
        String service = null;
        String deployment = null;
        String outcome = null;
        expect(JsonToken.START_OBJECT);
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            switch (field) {
                case "cluster" -> cluster = required();
                case "service" -> service = required();
                case "deploymentId" -> deployment = required();
                case "outcome" -> outcome = required();
                default -> pass();
            }
        }
        return new Service(
                known(cluster), known(service), known(deployment), known(outcome), 0, Optional.empty(), List.of());
    }

    /** Reads a value whose first token was read. */
    private interface Read<T> {
        T run() throws IOException;
    }

    private <T> List<T> list(Read<T> read) throws IOException {
        json.nextToken();
        expect(JsonToken.START_ARRAY);
        List<T> all = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            all.add(read.run());
        }
        return all;
    }

    private static <T> T known(@Nullable T value) throws IOException {
        if (value == null) {
            throw new IOException("a field is missing that every record has");
        }
        return value;
    }

    private String required() throws IOException {
        json.nextToken();
        return text();
    }

    private String text() throws IOException {
        expect(JsonToken.VALUE_STRING);
        return json.getText();
    }

    private <T> Optional<T> optional(Read<T> read) throws IOException {
        return json.nextToken() == JsonToken.VALUE_NULL ? Optional.empty() : Optional.of(read.run());
    }

    private double number() throws IOException {
        json.nextToken();
        return json.getDoubleValue();
    }

    private void pass() throws IOException {
        json.nextToken();
        json.skipChildren();
    }

    private void expect(JsonToken token) throws IOException {
        if (json.currentToken() != token) {
            throw new IOException("no " + token + " but " + json.currentToken());
        }
    }
}
