package io.github.ecsmaven.report;

import io.github.ecsmaven.Problem;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Where the records of one project lie: named files in one place. What one build puts does not touch what another does at the
 * same time. Each method throws a {@link Problem} when the place can't be used.
 */
public interface HistoryStore {
    /** The place, as a user knows it: a folder, or {@code s3://bucket/prefix}. */
    String place();

    /** Puts the whole file or nothing, in the place of one of the same name. */
    void put(String name, byte[] content);

    /** All names, in any order. */
    List<String> names();

    /**
     * Empty when it is gone meanwhile.
     *
     * @throws IOException when it is this one that can't be read, and not the place
     */
    Optional<byte[]> get(String name) throws IOException;

    void delete(List<String> names);

    /** How many files may well be got at once. */
    int atOnce();
}
