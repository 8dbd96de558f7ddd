package io.github.ecsmaven.ci;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A pipeline's text with placeholders, {@code <<name>>}. The commands of the stages have the stages' names. A value of several lines
 * is indented as its placeholder is; a line that holds nothing but placeholders without a value is left out.
 */
final class Template {
    private static final Pattern PLACEHOLDER = Pattern.compile("<<([a-z-]+)>>");

    private final String text;
    private final ProjectFacts project;
    private final Map<String, String> values = new LinkedHashMap<>();

    /** @param resource its name, beside this class */
    Template(String resource, ProjectFacts project) {
        this.text = read(resource);
        this.project = project;
        for (Stage stage : Stage.values()) {
            values.put(stage.placeholder(), stage.command(project));
        }
        values.put("java", String.valueOf(project.java()));
        values.put("branch", project.branch());
    }

    /** Folders that are handed on beside {@code target}, a line each. */
    Template withFrontEnds(String before, String after) {
        return with(
                "front-ends",
                project.besideTarget().stream()
                        .map(folder -> before + folder + after)
                        .collect(Collectors.joining("\n")));
    }

    Template with(String name, String value) {
        values.put(name, value);
        return this;
    }

    /** @throws IllegalStateException when a placeholder has no value */
    String fill() {
        StringBuilder filled = new StringBuilder();
        for (String line : text.lines().toList()) {
            String with = fill(line);
            if (!with.isBlank() || line.isBlank()) {
                filled.append(with).append('\n');
            }
        }
        return filled.toString();
    }

    private String fill(String line) {
        String indent = line.substring(0, line.length() - line.stripLeading().length());
        return PLACEHOLDER.matcher(line).replaceAll(found -> {
            String value = values.get(found.group(1));
            if (value == null) {
                throw new IllegalStateException("<<" + found.group(1) + ">> has no value");
            }
            return Matcher.quoteReplacement(value.replace("\n", "\n" + indent));
        });
    }

    private static String read(String resource) {
        try (InputStream in = Objects.requireNonNull(Template.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
