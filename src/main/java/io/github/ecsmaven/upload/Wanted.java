package io.github.ecsmaven.upload;

import java.util.Optional;

/**
 * A file that visitors shall get.
 *
 * @param size bytes to send; 0 for one that is copied within the bucket
 * @param file of the directory; empty: it is brought back from a copy
 */
record Wanted(String key, Content content, long size, Wave wave, Optional<SiteFile> file) {
    static Wanted of(SiteFile file) {
        return new Wanted(file.key(), file.content(), file.size(), file.wave(), Optional.of(file));
    }

    static Wanted of(String key, StoredFile stored) {
        return new Wanted(key, stored.content(), 0, stored.wave(), Optional.empty());
    }
}
