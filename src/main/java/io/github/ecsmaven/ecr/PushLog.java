package io.github.ecsmaven.ecr;

/** What a push has to tell while it happens. */
public interface PushLog {
    /** A detail for {@code -X}; never a secret. */
    void detail(String text);

    /** It worked, but look. */
    void warning(String text);

    /** The repository was missing and has been created. */
    void repositoryCreated(String repositoryUri);

    /** The scan is waited for; told when what is waited for changes. */
    void scanning(String why);

    /**
     * The scan found nothing that stops the push.
     *
     * @param counts of all findings, {@code 3 MEDIUM, 4 LOW}; empty without any
     */
    void scanned(String counts, Severity failOn);

    /** Compressed bytes of layers sent so far; {@code total} is 0 while unknown. */
    void progress(long sent, long total);
}
