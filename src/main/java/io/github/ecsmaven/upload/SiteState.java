package io.github.ecsmaven.upload;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is in the bucket by this plugin, kept there beside the files.
 *
 * @param format 1; a higher one was written by a later plugin
 * @param id of the set that visitors get
 * @param made ISO 8601
 * @param restored the set that this one brought back
 * @param files of the set, by key
 * @param retired files of earlier sets that are still in place, by key: pages that are open in browsers ask for them
 * @param earlier sets that can be returned to, the oldest first
 * @param copies of files that earlier sets need, by name, with the last set that needs them
 */
record SiteState(
        int format,
        String id,
        String made,
        Optional<String> restored,
        Map<String, StoredFile> files,
        Map<String, Retired> retired,
        List<Earlier> earlier,
        Map<String, String> copies) {
    static final int FORMAT = 1;

    SiteState {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
        retired = Collections.unmodifiableMap(new TreeMap<>(retired));
        earlier = List.copyOf(earlier);
        copies = Collections.unmodifiableMap(new TreeMap<>(copies));
    }

    /** @param last the last set that had it */
    record Retired(StoredFile file, String last) {}

    /**
     * A set that can be returned to.
     *
     * @param origin the set whose content it has: itself, or the one that it brought back
     */
    record Earlier(String id, String made, String origin, int files) {}

    static SiteState nothing() {
        return new SiteState(FORMAT, "", "", Optional.empty(), Map.of(), Map.of(), List.of(), Map.of());
    }

    boolean isNothing() {
        return id.isEmpty();
    }

    /** The set whose content this is. */
    String origin() {
        return restored.orElse(id);
    }

    Earlier asEarlier() {
        return new Earlier(id, made, origin(), files.size());
    }
}
