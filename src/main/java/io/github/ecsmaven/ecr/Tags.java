package io.github.ecsmaven.ecr;

import io.github.ecsmaven.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Which tags an image gets; a pure decision. */
public final class Tags {
    /** OCI distribution spec, "Pulling manifests". */
    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    private static final String VERSION = "{version}";
    private static final String COMMIT = "git-{commit:12}";

    private Tags() {}

    /**
     * @param configured {@code ecs.tags}, with placeholders; empty: the version, and {@code git-<sha12>} with a commit
     * @param values of the placeholders
     * @throws Problem when one is no tag, or a placeholder is not known or has no value
     */
    public static List<ImageTag> of(List<String> configured, TagValues values) {
        Map<String, ImageTag> tags = new LinkedHashMap<>();
        for (String pattern : patterns(configured, values)) {
            String name = tag(pattern, values);
            tags.putIfAbsent(name, new ImageTag(name, pattern));
        }
        return List.copyOf(tags.values());
    }

    /** Those of them that name the commit. */
    public static List<String> ofCommit(List<String> configured, TagValues values) {
        return patterns(configured, values).stream()
                .filter(pattern -> pattern.contains("{commit}") || pattern.contains("{commit:"))
                .map(pattern -> tag(pattern, values))
                .distinct()
                .toList();
    }

    private static List<String> patterns(List<String> configured, TagValues values) {
        return configured.isEmpty() ? defaults(values) : configured;
    }

    private static List<String> defaults(TagValues values) {
        return values.commit().isPresent() ? List.of(VERSION, COMMIT) : List.of(VERSION);
    }

    private static String tag(String pattern, TagValues values) {
        String tag = new TagPattern(pattern, values).expand();
        if (FORM.matcher(tag).matches()) {
            return tag;
        }
        throw Problem.ofProject(
                "'" + tag + "' is not a tag (ecs.tags).",
                tag.equals(pattern) ? List.of() : List.of("It was made from '" + pattern + "'."),
                "use up to " + TagPattern.LONGEST
                        + " letters, digits, '_', '.' and '-', not beginning with '.' or '-'"
                        + (tag.contains("+") ? "; write '" + tag.replace('+', '_') + "'." : "."));
    }
}
