package io.github.ecsmaven.upload;

import java.util.List;
import java.util.Optional;

/**
 * What an upload or a way back has done; {@code target/ecs/upload.json}.
 *
 * @param id of the set that visitors get now; of a dry run the one that they still get, empty when there is none
 * @param previous the set that {@code ecs:upload-rollback} would bring back
 * @param restored the earlier set whose files these are
 * @param files how many there are
 * @param sent files
 * @param bytes sent
 * @param deleted files
 * @param invalidated paths that CloudFront was asked to forget
 * @param url of the site, as far as known
 */
public record UploadedSite(
        String bucket,
        String prefix,
        String id,
        Optional<String> previous,
        Optional<String> restored,
        int files,
        int sent,
        long bytes,
        int deleted,
        List<String> invalidated,
        long millis,
        Optional<String> url) {
    public UploadedSite {
        invalidated = List.copyOf(invalidated);
    }

    /** The same, of a site that is known. */
    public UploadedSite at(Optional<String> site) {
        return new UploadedSite(
                bucket, prefix, id, previous, restored, files, sent, bytes, deleted, invalidated, millis, site);
    }
}
