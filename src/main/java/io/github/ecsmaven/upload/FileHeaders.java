package io.github.ecsmaven.upload;

import java.util.Optional;

/**
 * What is stored with a file and sent to each visitor.
 *
 * @param contentType with charset where it is text
 * @param cacheControl how long browsers and CloudFront keep it
 * @param contentEncoding {@code gzip} or {@code br} when the stored bytes are compressed
 */
public record FileHeaders(String contentType, String cacheControl, Optional<String> contentEncoding) {}
