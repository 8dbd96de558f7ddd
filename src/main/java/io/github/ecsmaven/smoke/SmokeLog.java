package io.github.ecsmaven.smoke;

import java.time.Duration;

/** What is to be told while something is asked. Addresses come without what is secret in them. */
public interface SmokeLog {
    /** @param inBrowser also as a browser shows it */
    void answered(String url, int status, boolean inBrowser, Duration took);

    /** It is asked again. */
    void again(String url, String fault);

    /** It works, but look: there is no browser. */
    void notice(String text);
}
