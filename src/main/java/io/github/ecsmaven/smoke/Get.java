package io.github.ecsmaven.smoke;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Asks once. */
interface Get {
    /**
     * @param follows whether redirects on the same host are followed
     * @param timeout for the whole answer
     */
    Answer run(URI url, Map<String, String> headers, boolean follows, Duration timeout) throws InterruptedException;
}
