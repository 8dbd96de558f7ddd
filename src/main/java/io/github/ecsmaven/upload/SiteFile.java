package io.github.ecsmaven.upload;

import java.nio.file.Path;

/**
 * A file of the directory.
 *
 * @param key relative, with {@code /}
 * @param source where its bytes are read; beside the file itself when the bundler has compressed it
 * @param size bytes of the source
 * @param sha256 of the source, hexadecimal
 * @param zip true to compress it on its way
 */
record SiteFile(String key, Path source, long size, String sha256, FileHeaders headers, Wave wave, boolean zip) {
    Content content() {
        return new Content(sha256, headers);
    }
}
