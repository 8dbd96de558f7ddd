package io.github.ecsmaven.upload;

/**
 * A file in the bucket, as it was put there.
 *
 * @param sha256 of the file before it was compressed
 * @param size stored bytes
 * @param etag as S3 answered; another one now: somebody else has changed the object
 */
record StoredFile(String sha256, long size, String etag, FileHeaders headers, Wave wave) {
    Content content() {
        return new Content(sha256, headers);
    }
}
