package io.github.ecsmaven.upload;

import io.github.ecsmaven.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where files go, and how.
 *
 * @param keep how many earlier sets can be returned to
 * @param atOnce how many calls at the same time
 * @param dryRun true: only says what would change
 * @param distribution the CloudFront distribution before the bucket
 */
public record UploadRequest(
        Place place,
        int keep,
        Deletion deletion,
        int atOnce,
        boolean dryRun,
        Holder holder,
        Optional<CloudFront> distribution) {
    /**
     * @param prefix empty, or ends with a slash
     */
    public record Place(String bucket, String prefix) {
        /**
         * @param bucket a name, or {@code s3://name}
         * @param prefix with or without slashes around it
         * @throws Problem when they can't be what they shall be
         */
        public static Place of(String bucket, String prefix) {
            String name = bucket.replaceFirst("^s3://", "").replaceFirst("/$", "");
            if (!name.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
                throw Problem.ofProject(
                        "'" + bucket + "' is not a bucket's name (ecs.upload.bucket).",
                        name.contains("/")
                                ? "write the bucket alone, and what follows as ecs.upload.prefix."
                                : "write 3 to 63 small letters, digits, dots and hyphens.");
            }
            String path = prefix.replaceFirst("^/+", "").replaceFirst("/+$", "");
            for (String part : path.split("/")) {
                if (part.equals("..") || part.equals(".") || part.isEmpty() && !path.isEmpty()) {
                    throw Problem.ofProject(
                            "'" + prefix + "' is not a prefix (ecs.upload.prefix).", "write it as shop or shop/app.");
                }
            }
            return new Place(name, path.isEmpty() ? "" : path + "/");
        }
    }

    /**
     * @param name who uploads, in words that another build shows
     * @param isGone whether a holder is a process of this machine that has ended
     */
    public record Holder(String name, Predicate<String> isGone) {}

    /**
     * @param path of the directory on the distribution, with slashes at both ends
     * @param await whether the invalidation is waited for
     * @param timeout for how long
     */
    public record CloudFront(String id, String path, boolean await, Duration timeout) {}
}
