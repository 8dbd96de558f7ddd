package io.github.ecsmaven.smoke;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ecsmaven.Problem;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value in JSON: {@code $.status=UP}, {@code $.components.db.status=UP}, {@code $.items[0]['unit price']=3}; without an equals sign
 * it only has to be there. Of JSONPath that is the part which names one value.
 *
 * @param text as it was written
 * @param path the same as a pointer
 * @param value empty when any will do
 */
public record JsonCheck(String text, JsonPointer path, Optional<String> value) {
    private static final String STEP = "\\.([A-Za-z_][\\w-]*)|\\[(\\d{1,9})]|\\['([^']+)']";
    private static final Pattern CHECK = Pattern.compile("\\s*(\\$((?:" + STEP + ")+))\\s*(?:=(.*))?");
    private static final Pattern STEPS = Pattern.compile(STEP);

    /** @throws Problem when it is none */
    public static JsonCheck of(String property, String text) {
        Matcher check = CHECK.matcher(text);
        if (!check.matches()) {
            throw Problem.ofProject(
                    "'" + text + "' names no value of a JSON text (" + property + ").",
                    "write its path and the value, for example " + property
                            + "=$.components.db.status=UP or $.items[0].");
        }
        JsonPointer path = JsonPointer.empty();
        Matcher step = STEPS.matcher(check.group(2));
        while (step.find()) {
            path = step.group(2) == null
                    ? path.appendProperty(step.group(1) == null ? step.group(3) : step.group(1))
                    : path.appendIndex(Integer.parseInt(step.group(2)));
        }
        return new JsonCheck(
                text.strip(),
                path,
                Optional.ofNullable(check.group(check.groupCount())).map(String::strip));
    }

    /** What is wrong with the text, to follow "it". */
    Optional<String> fault(String body) {
        JsonNode all;
        try {
            all = new ObjectMapper().readTree(body);
        } catch (JsonProcessingException none) {
            return Optional.of("is no JSON");
        }
        JsonNode found = all.at(path);
        String name = text.replaceFirst("\\s*=.*", "");
        if (found.isMissingNode() || found.isNull()) {
            return Optional.of("has no " + name);
        }
        String shown = found.isValueNode() ? found.asText() : found.toString();
        return value.filter(wanted -> !wanted.equals(shown))
                .map(wanted -> "has " + name + "=" + Excerpt.line(shown) + " and not " + wanted);
    }
}
