package io.github.ecsmaven.ecr;

import io.github.ecsmaven.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which tags an image gets; a pure decision. */
public final class Tags {
    /** OCI distribution spec, "Pulling manifests". */
    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    private Tags() {}

    /**
     * @param configured {@code ecs.tags}, comma separated; empty: the version, and {@code git-<sha12>} with a commit
     * @param version of the project; a {@code +} in it, which no tag may hold, becomes {@code _}
     * @param commit full hash
     * @throws Problem when one is no tag
     */
    public static List<String> of(Optional<String> configured, String version, Optional<String> commit) {
        List<String> tags = configured
                .map(text -> Arrays.stream(text.split(",")).map(String::trim).filter(tag -> !tag.isEmpty()))
                .orElseGet(() -> Stream.concat(
                        Stream.of(version.replace('+', '_')),
                        commit.map(hash -> "git-" + hash.substring(0, Math.min(12, hash.length()))).stream()))
                .distinct()
                .toList();
        if (tags.isEmpty()) {
            throw Problem.ofProject(
                    "ecs.tags names no tag.", "name at least one, for example -Decs.tags=" + version + ".");
        }
        tags.forEach(Tags::check);
        return tags;
    }

    private static void check(String tag) {
        if (!FORM.matcher(tag).matches()) {
            throw Problem.ofProject(
                    "'" + tag + "' is not a tag (ecs.tags).",
                    "use up to 128 letters, digits, '_', '.' and '-', not beginning with '.' or '-'"
                            + (tag.contains("+") ? "; write '" + tag.replace('+', '_') + "'." : "."));
        }
    }
}
