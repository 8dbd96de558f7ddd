package io.github.ecsmaven.upload;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which files go up, when, and with which headers. What the user says goes first, in his order.
 *
 * @param excludes files that stay here
 * @param pages more entry pages than {@link #waveOf} knows
 * @param cacheControl headers by pattern
 * @param contentTypes headers by pattern
 */
public record FileRules(
        List<KeyPattern> excludes,
        List<KeyPattern> pages,
        List<Map.Entry<KeyPattern, String>> cacheControl,
        List<Map.Entry<KeyPattern, String>> contentTypes,
        Compression compression) {
    /** RFC 8246: not even asked for again when the page is reloaded. */
    static final String IMMUTABLE = "public,max-age=31536000,immutable";
    /** Kept, and used only after the server has said that it still holds: 304, a few bytes. */
    static final String REVALIDATED = "no-cache";

    private static final Set<String> WORKERS = Set.of(
            "sw.js",
            "service-worker.js",
            "serviceworker.js",
            "ngsw-worker.js",
            "ngsw.json",
            "firebase-messaging-sw.js");
    private static final Set<String> MANIFESTS = Set.of("manifest.json", "asset-manifest.json", "remoteEntry.js");

    public FileRules {
        excludes = List.copyOf(excludes);
        pages = List.copyOf(pages);
        cacheControl = List.copyOf(cacheControl);
        contentTypes = List.copyOf(contentTypes);
    }

    /** How text is stored. */
    public enum Compression {
        /** As it is. */
        NONE,
        /** Compressed here. */
        GZIP,
        /** As the bundler has compressed it, {@code app.js.br} beside {@code app.js}; what it left out by gzip. */
        BROTLI
    }

    boolean excludes(String key) {
        return key.endsWith("/.DS_Store")
                || key.equals(".DS_Store")
                || excludes.stream().anyMatch(pattern -> pattern.matches(key));
    }

    Wave waveOf(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        if (WORKERS.contains(name)) {
            return Wave.WORKER;
        }
        boolean page = name.endsWith(".html")
                || name.endsWith(".htm")
                || name.endsWith(".xhtml")
                || name.endsWith(".webmanifest")
                || MANIFESTS.contains(name)
                || pages.stream().anyMatch(pattern -> pattern.matches(key));
        return page ? Wave.PAGE : Wave.ASSET;
    }

    FileHeaders headersOf(String key, Optional<String> encoding) {
        String type = first(contentTypes, key).orElseGet(() -> ContentTypes.of(key));
        String cache = first(cacheControl, key)
                .orElseGet(() -> waveOf(key) == Wave.ASSET && HashedName.isIn(key) ? IMMUTABLE : REVALIDATED);
        return new FileHeaders(type, cache, encoding);
    }

    private static Optional<String> first(List<Map.Entry<KeyPattern, String>> rules, String key) {
        return rules.stream()
                .filter(rule -> rule.getKey().matches(key))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
