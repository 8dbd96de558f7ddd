package io.github.ecsmaven.ecs.definition;

import io.github.ecsmaven.NearestNames;
import io.github.ecsmaven.Problem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces <code>${name}</code> in texts, after reading: so a value may hold quotes and line ends, and places stay those of the
 * file. <code>$${name}</code> stands for <code>${name}</code> itself, as a shell in the container may want it.
 */
final class FillPlaceholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$(\\$?)\\{([^{}]*)}");

    private final ProjectFile file;
    private final Set<String> missing = new LinkedHashSet<>();
    private String firstMissing = "";

    private FillPlaceholders(ProjectFile file) {
        this.file = file;
    }

    /** @throws Problem when a name is unknown; it tells all of them */
    static Written fill(ProjectFile file, Written written) {
        FillPlaceholders fill = new FillPlaceholders(file);
        Written filled = fill.value(written);
        if (!fill.missing.isEmpty()) {
            throw fill.unknown();
        }
        return filled;
    }

    private Problem unknown() {
        String near = NearestNames.of(firstMissing, file.properties().keySet()).stream()
                .findFirst()
                .map(name -> "; '" + name + "' is near '" + firstMissing + "'")
                .orElse("");
        return Problem.ofProject(
                file.name() + " names properties that do not exist.",
                List.copyOf(missing),
                "set them in the POM or by -D, an environment variable as ${env.NAME}" + near
                        + "; $${…} is not replaced.");
    }

    private Written value(Written written) {
        if (written instanceof Written.Fields object) {
            return new Written.Fields(
                    object.place(),
                    object.fields().stream()
                            .map(field -> new Written.Field(
                                    field.place(), text(field.place(), field.name()), value(field.value())))
                            .toList());
        }
        if (written instanceof Written.Items list) {
            return new Written.Items(
                    list.place(), list.values().stream().map(this::value).toList());
        }
        Written.Scalar scalar = (Written.Scalar) written;
        return scalar.kind() == Written.Kind.TEXT
                ? new Written.Scalar(scalar.place(), scalar.kind(), text(scalar.place(), scalar.text()))
                : scalar;
    }

    private String text(Written.Place place, String text) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1).isEmpty()
                                ? meaning(place, found.group(2))
                                : found.group().substring(1)));
    }

    private String meaning(Written.Place place, String name) {
        String value = file.properties().get(name);
        if (value != null) {
            return value;
        }
        if (missing.isEmpty()) {
            firstMissing = name;
        }
        missing.add(file.name() + ", " + place + ": ${" + name + "}");
        return "";
    }
}
