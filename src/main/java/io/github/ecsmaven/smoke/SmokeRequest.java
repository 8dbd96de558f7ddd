package io.github.ecsmaven.smoke;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked, and what the answer shall be.
 *
 * @param urls absolute, or relative to the address of the service or the site; all get the same answer
 * @param status that each shall answer with
 * @param text that shall be in the answer; with a browser in its document
 * @param json what shall be in the answer
 * @param headers that go with the request
 * @param browser whether a browser looks at the page, too
 */
public record SmokeRequest(
        List<String> urls,
        int status,
        Optional<String> text,
        Optional<JsonCheck> json,
        Map<String, String> headers,
        Patience patience,
        BrowserUse browser) {
    public SmokeRequest {
        urls = List.copyOf(urls);
        headers = Map.copyOf(headers);
    }

    /** {@code ecs.smoke.browser} */
    public enum BrowserUse {
        /** It does not. */
        FALSE,
        /** When there is one on this machine. */
        AUTO,
        /** There has to be one. */
        TRUE
    }

    /**
     * How long a URL is asked.
     *
     * @param retries how often it is asked again
     * @param request for one answer
     * @param total for all of them
     */
    public record Patience(int retries, Duration request, Duration total) {}

    /** Whether one of the URLs can only be asked when the address of the service or site is known. */
    public boolean needsAddress() {
        return urls.stream().anyMatch(url -> !SmokeUrl.isAbsolute(url));
    }

    /** What is going to be asked, to follow "asks": {@code /health for status 200 and $.status=UP}. */
    public String words() {
        return String.join(", ", urls.stream().map(SmokeUrl::shown).toList()) + " for status " + status
                + text.map(wanted -> " and the text '" + wanted + "'").orElse("")
                + json.map(wanted -> " and " + wanted.text()).orElse("");
    }
}
