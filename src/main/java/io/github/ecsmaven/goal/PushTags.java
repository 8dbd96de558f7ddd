package io.github.ecsmaven.goal;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which tags an image gets. */
final class PushTags {
    private static final int SHA_DIGITS = 12;

    private PushTags() {}

    /** The configured ones; else the version, and {@code git-<sha12>} in a git checkout. */
    static List<String> of(List<String> configured, String version, Optional<String> commit) {
        if (!configured.isEmpty()) {
            return configured.stream().distinct().toList();
        }
        // A tag has no plus sign (OCI distribution spec, "Pulling manifests"), a version may.
        Stream<String> ofVersion = Stream.of(version.replaceAll("[^A-Za-z0-9_.-]", "-"));
        return Stream.concat(ofVersion, commit.map(sha -> "git-" + sha.substring(0, SHA_DIGITS)).stream())
                .toList();
    }
}
