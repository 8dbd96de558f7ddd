package io.github.ecsmaven.smoke;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** A browser without a window. */
interface Browser {
    /**
     * A page as it is after its scripts.
     *
     * @param complaints of the page's scripts, and files that it could not load
     */
    record Page(String document, List<String> complaints) {}

    /** @throws IOException when the browser does not come to an end */
    Page look(URI url, Duration timeout) throws IOException, InterruptedException;
}
