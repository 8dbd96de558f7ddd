package io.github.ecsmaven.ecr;

import com.google.cloud.tools.jib.event.events.TimerEvent;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which blobs a push sent, as Jib's events tell it: a timer starts for each blob, a message names those that were there. */
final class SentBlobs {
    /** How Jib writes a blob's descriptor. */
    private static final Pattern BLOB = Pattern.compile("digest: (sha256:[0-9a-f]{64}), size: (\\d+)");

    private final Map<String, Long> pushed = new ConcurrentHashMap<>();
    private final Set<String> there = ConcurrentHashMap.newKeySet();

    void started(TimerEvent event) {
        if (event.getDescription().startsWith("Pushing BLOB ")) {
            Matcher blob = BLOB.matcher(event.getDescription());
            if (blob.find()) {
                pushed.put(blob.group(1), Long.parseLong(blob.group(2)));
            }
        }
    }

    void told(String message) {
        if (message.startsWith("Skipping push; BLOB already exists")) {
            Matcher blob = BLOB.matcher(message);
            if (blob.find()) {
                there.add(blob.group(1));
            }
        }
    }

    /** Compressed bytes; the small configuration counts. */
    long bytes() {
        return pushed.entrySet().stream()
                .filter(blob -> !there.contains(blob.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    int count() {
        return (int)
                pushed.keySet().stream().filter(blob -> !there.contains(blob)).count();
    }
}
