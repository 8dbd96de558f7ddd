package io.github.ecsmaven.ecr;

import com.google.cloud.tools.jib.event.events.ProgressEvent;
import com.google.cloud.tools.jib.event.events.TimerEvent;
import io.github.ecsmaven.Digest;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which layers a push sent, as Jib's events tell it: a timer starts for each blob with its size, and has a lap "PATCH" when
 * the registry neither had the blob nor could mount it. Tries that are repeated add up to what was sent in the end.
 */
final class SentBlobs {
    private static final Pattern LOOKED_AT =
            Pattern.compile("Pushing BLOB .*digest: (sha256:[0-9a-f]{64}), size: (\\d+)");
    private static final Pattern SENDING = Pattern.compile("pushBlob PATCH (?:sha256:)?([0-9a-f]{64})");
    private static final Pattern PART = Pattern.compile("pushing blob (sha256:[0-9a-f]{64})");

    private final Set<String> configurations;
    private final PushLog log;
    private final Map<String, Long> sizes = new ConcurrentHashMap<>();
    private final Set<String> sending = ConcurrentHashMap.newKeySet();
    private final AtomicLong written = new AtomicLong();

    /** @param configurations the image ids: blobs that are sent too, but no layers */
    SentBlobs(Collection<Digest> configurations, PushLog log) {
        this.configurations = configurations.stream().map(Digest::value).collect(Collectors.toSet());
        this.log = log;
    }

    void timed(TimerEvent event) {
        Matcher lookedAt = LOOKED_AT.matcher(event.getDescription());
        if (lookedAt.find()) {
            sizes.put(lookedAt.group(1), Long.parseLong(lookedAt.group(2)));
        }
        Matcher patch = SENDING.matcher(event.getDescription());
        if (patch.find() && !configurations.contains("sha256:" + patch.group(1))) {
            sending.add("sha256:" + patch.group(1));
        }
    }

    /** A blob that was there already reports its size too, at once. */
    void progressed(ProgressEvent event) {
        Matcher part = PART.matcher(event.getAllocation().getDescription());
        if (part.find() && sending.contains(part.group(1))) {
            log.progress(Math.min(written.addAndGet(event.getUnits()), bytes()), bytes());
        }
    }

    /** Compressed bytes of the layers that were sent. */
    long bytes() {
        return sending.stream().mapToLong(blob -> sizes.getOrDefault(blob, 0L)).sum();
    }

    /** How many layers were sent. */
    int layers() {
        return sending.size();
    }
}
