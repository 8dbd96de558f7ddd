package io.github.ecsmaven.upload;

/** What is told of a site when Maven is ended while it is changed: what visitors get then, and what comes next. */
final class IfInterrupted {
    private final String place;
    private final String next;

    /** @param back whether an earlier set is being brought back */
    IfInterrupted(String place, boolean back) {
        this.place = place;
        this.next = back ? "The same call again" : "The next upload";
    }

    static String before(String place) {
        return "Interrupted: nothing in " + place + " was changed.";
    }

    String beforePages() {
        return "Interrupted: the pages of " + place + " are as they were, and files that went up already do no harm. "
                + next + " does what is missing.";
    }

    String amongPages() {
        return "Interrupted: some pages of " + place + " are new, some are not; each finds its assets. " + next
                + " does what is missing.";
    }

    String afterPages() {
        return "Interrupted: all pages of " + place + " are new. " + next + " does what is left to do.";
    }

    static String beforeCloudFront(String place, String distribution) {
        return "Interrupted: all files are in " + place + ", but CloudFront " + distribution
                + " may still have what was there before. The next upload tells it again.";
    }
}
