package io.github.ecsmaven.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ecsmaven.NearestNames;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.report.BuildRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The body of a webhook as its owner wants it: JSON with fields such as <code>${project}</code> in its strings. */
public final class JsonTemplate {
    private static final Pattern FIELD = Pattern.compile("\\$\\{([^{}]*)}");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String text;

    private JsonTemplate(String text) {
        this.text = text;
    }

    /**
     * @param source where it was read, for the error
     * @throws Problem when a field is not known, or it is no JSON
     */
    public static JsonTemplate parse(String source, String text) {
        List<String> known = List.copyOf(NoticeFields.of(nothing()).keySet());
        Matcher field = FIELD.matcher(text);
        while (field.find()) {
            if (!known.contains(field.group(1))) {
                throw unknown(source, field.group(1), known);
            }
        }
        JsonTemplate template = new JsonTemplate(text);
        try {
            // A quote in a value shows a field that does not stand in a string.
            JSON.readTree(template.fill(name -> "\"x\n"));
        } catch (JsonProcessingException wrong) {
            throw Problem.ofProject(
                    "The template " + source + " is not JSON: " + wrong.getOriginalMessage() + ".",
                    List.of("Line " + wrong.getLocation().getLineNr() + ", column "
                            + wrong.getLocation().getColumnNr() + "."),
                    "correct it; a field stands inside of quotes, as in \"text\": \"${subject}\".");
        }
        return template;
    }

    /** All fields, each under its own name. */
    public static JsonTemplate ofAllFields() {
        Map<String, String> fields = new TreeMap<>();
        NoticeFields.of(nothing()).keySet().forEach(name -> fields.put(name, "${" + name + "}"));
        try {
            return new JsonTemplate(JSON.writeValueAsString(fields));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    String fill(Notice notice) {
        Map<String, String> fields = NoticeFields.of(notice);
        return fill(name -> fields.getOrDefault(name, ""));
    }

    private String fill(UnaryOperator<String> value) {
        return FIELD.matcher(text)
                .replaceAll(field -> Matcher.quoteReplacement(
                        new String(JsonStringEncoder.getInstance().quoteAsString(value.apply(field.group(1))))));
    }

    private static Problem unknown(String source, String field, List<String> known) {
        String near = NearestNames.of(field, known).stream()
                .findFirst()
                .map(name -> "write ${" + name + "}")
                .orElse("write one of these");
        return Problem.ofProject(
                "The template " + source + " has an unknown field ${" + field + "}.",
                List.of("Known: " + String.join(", ", known)),
                near + ", or leave it out (ecs.notify.webhook.template).");
    }

    private static Notice nothing() {
        return new Notice(Event.SUCCESS, none(), Optional.empty(), List.of(), Optional.empty(), List.of());
    }

    private static BuildRecord none() {
        return new BuildRecord(
                BuildRecord.SCHEMA,
                "",
                "",
                "",
                "",
                "",
                BuildRecord.Outcome.SUCCESS,
                "",
                "",
                0,
                Optional.empty(),
                new BuildRecord.Trigger(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                List.of());
    }
}
