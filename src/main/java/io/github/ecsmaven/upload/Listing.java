package io.github.ecsmaven.upload;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is in the bucket under the prefix.
 *
 * @param site etags by key, without what this plugin keeps for itself
 * @param copies names of copies of files
 * @param sets ids of earlier sets
 */
record Listing(Map<String, String> site, Set<String> copies, Set<String> sets) {
    Listing {
        site = Collections.unmodifiableMap(new TreeMap<>(site));
        copies = Set.copyOf(copies);
        sets = Set.copyOf(sets);
    }
}
