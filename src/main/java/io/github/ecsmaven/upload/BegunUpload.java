package io.github.ecsmaven.upload;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an upload is about to put; written before its first file. One that is broken off leaves it to the next, which knows by it
 * that an object with the right bytes has the right headers too, and need not be sent again.
 *
 * @param after etag of the list of files that was there then, empty when there was none; another one now: an upload has ended
 *     since
 * @param files by key
 */
record BegunUpload(String after, Map<String, Begun> files) {
    BegunUpload {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
    }

    /** @param before etag of the object that was there then, empty when there was none: with it, nothing was put yet */
    record Begun(Content content, String before) {}

    static BegunUpload nothing() {
        return new BegunUpload("", Map.of());
    }

    /**
     * Whether the object is one that this upload has put, when its bytes turn out to be the right ones.
     *
     * @param etag of the object that is there now
     */
    boolean mayHavePut(Wanted wanted, String etag) {
        Begun begun = files.get(wanted.key());
        return begun != null
                && begun.content().equals(wanted.content())
                && !begun.before().equals(etag);
    }
}
