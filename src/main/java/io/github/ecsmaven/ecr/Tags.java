package io.github.ecsmaven.ecr;

import io.github.ecsmaven.Problem;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which tags an image gets; a pure decision. */
public final class Tags {
    /** OCI distribution spec, "Pulling manifests". */
    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    private static final int COMMIT_DIGITS = 12;

    private Tags() {}

    /**
     * @param configured {@code ecs.tags}; empty: the version, and {@code git-<sha12>} with a commit
     * @param version of the project; a {@code +} in it, which no tag may hold, becomes {@code _}
     * @param commit full hash
     * @throws Problem when one is no tag
     */
    public static List<String> of(List<String> configured, String version, Optional<String> commit) {
        List<String> tags = configured.isEmpty() ? defaults(version, commit) : configured;
        tags.forEach(Tags::check);
        return tags.stream().distinct().toList();
    }

    private static List<String> defaults(String version, Optional<String> commit) {
        Stream<String> ofCommit = commit.map(hash -> "git-" + hash.substring(0, COMMIT_DIGITS)).stream();
        return Stream.concat(Stream.of(version.replace('+', '_')), ofCommit).toList();
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
