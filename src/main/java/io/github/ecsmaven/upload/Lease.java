package io.github.ecsmaven.upload;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.RecordFile;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Sees to it that one upload at a time changes a bucket's prefix: an object that is only written when it is as it was read. It
 * is renewed while the upload lasts; one that no longer is was broken off, and the next upload takes over.
 */
final class Lease {
    private static final Duration RENEWED = Duration.ofSeconds(20);
    private static final long STALE_SECONDS = 120;

    private final SiteBucket bucket;
    private final String holder;
    private final Clock clock;
    private String etag;
    private Content content;
    private Instant due;

    /**
     * @param holder who uploads, in words; empty: nobody
     * @param since ISO 8601
     * @param outdated paths that CloudFront may still have as they were before; an upload that broke off left them to the next
     */
    record Content(String holder, String since, List<String> outdated) {
        Content {
            outdated = List.copyOf(outdated);
        }
    }

    private Lease(SiteBucket bucket, String holder, Clock clock, Content content, String etag) {
        this.bucket = bucket;
        this.holder = holder;
        this.clock = clock;
        this.content = content;
        this.etag = etag;
        this.due = clock.instant().plus(RENEWED);
    }

    /**
     * @param isGone whether the holder is known to have ended
     * @throws Problem when another upload is under way
     */
    static Lease take(SiteBucket bucket, String holder, Predicate<String> isGone, Clock clock) {
        Optional<SiteBucket.Own> own = bucket.lease();
        Optional<Content> before = own.flatMap(found -> parse(found.bytes()));
        boolean held = before.filter(content -> !content.holder().isEmpty() && !isGone.test(content.holder()))
                .isPresent();
        if (held && own.get().ageSeconds() < STALE_SECONDS) {
            throw underWay(bucket, before.get());
        }
        Content content = new Content(
                holder,
                clock.instant().toString(),
                before.map(Content::outdated).orElse(List.of()));
        String etag = bucket.writeLease(RecordFile.line(content), own.map(SiteBucket.Own::etag))
                .orElseThrow(() -> underWay(
                        bucket,
                        bucket.lease().flatMap(found -> parse(found.bytes())).orElse(content)));
        return new Lease(bucket, holder, clock, content, etag);
    }

    private static Problem underWay(SiteBucket bucket, Content other) {
        return Problem.ofProject(
                "Another upload to " + bucket.place() + " is under way; nothing was changed by this one.",
                List.of("by " + other.holder() + ", since " + other.since()),
                "deploy again when it has ended; one that was broken off no longer counts after " + STALE_SECONDS
                        + " seconds.");
    }

    private static Optional<Content> parse(byte[] text) {
        try {
            return Optional.of(RecordFile.parse(text, Content.class));
        } catch (IOException unreadable) {
            // Nothing that an upload of today depends on.
            return Optional.empty();
        }
    }

    List<String> outdated() {
        return content.outdated();
    }

    /** @throws Problem when another upload has taken over */
    synchronized void renewWhenDue() {
        if (!clock.instant().isBefore(due)) {
            write(content);
        }
    }

    /** From now on CloudFront has these as they were before, until it is told. */
    synchronized void outdate(List<String> paths) {
        if (!paths.equals(content.outdated())) {
            write(new Content(holder, content.since(), paths));
        }
    }

    /** @param outdated what CloudFront has not been told */
    synchronized void release(List<String> outdated) {
        write(new Content("", content.since(), outdated));
    }

    private void write(Content next) {
        etag = bucket.writeLease(RecordFile.line(next), Optional.of(etag))
                .orElseThrow(() -> Problem.ofProject(
                        "Another upload to " + bucket.place() + " has taken the place of this one.",
                        "see that one's result; deploy again when it was not of a later commit."));
        content = next;
        due = clock.instant().plus(RENEWED);
    }
}
