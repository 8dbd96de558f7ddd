package io.github.ecsmaven.upload;

import java.time.Duration;
import java.util.List;

/** Told how an upload goes. */
public interface UploadLog {
    /**
     * What is about to be done, or would be by a dry run.
     *
     * @param plan in words, a line a file
     */
    void planned(PlannedUpload plan);

    /**
     * @param done bytes so far
     * @param total bytes; 0 while it is unknown
     */
    void progress(String what, long done, long total);

    /** CloudFront was asked, and is not waited for. */
    void invalidating(String distribution, String invalidation, List<String> paths);

    /** CloudFront has forgotten these. */
    void invalidated(String distribution, List<String> paths, Duration took);

    /** @param line what is to be told from now on when a signal ends Maven */
    void ifInterrupted(String line);

    void detail(String text);

    void warning(String text);
}
