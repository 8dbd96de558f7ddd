package io.github.ecsmaven;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;

/** How long a server asks to be left alone (RFC 9110, section 10.2.3); only its form in seconds is read. */
public final class RetryAfter {
    private RetryAfter() {}

    /** Empty when there is no such header, or a date in it. */
    public static Optional<Duration> of(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }
}
