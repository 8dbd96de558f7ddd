package io.github.ecsmaven.sandbox.s3;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * An object; its bytes lie beside this record.
 *
 * @param etag with its quotes
 * @param modified epoch milliseconds
 * @param headers as they are sent to who reads it: Content-Type, Cache-Control, x-amz-meta-…
 */
record StoredObject(String key, String etag, long size, long modified, Map<String, String> headers) {
    StoredObject {
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    }
}
