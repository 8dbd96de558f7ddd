package io.github.ecsmaven.report;

import java.util.regex.Pattern;

/** Text for a record, which is kept for long and read by many, and of a record where it is shown. */
public final class CleanText {
    /** More is the log's affair. */
    static final int MOST_SIGNS = 400;

    private static final Pattern LOGIN = Pattern.compile("(?<=://)[^/@\\s]+@");
    private static final Pattern CONTROL = Pattern.compile("\\u001B\\[[0-9;]*[A-Za-z]|[\\p{Cntrl}&&[^\\t]]");

    private CleanText() {}

    /** Without the login of an address, {@code https://user:password@host}. */
    public static String withoutLogin(String text) {
        return LOGIN.matcher(text).replaceAll("");
    }

    /** At most so many characters, the last of them an ellipsis when some were left out. */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    /** With a capital at its start. */
    public static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** One line without secrets, a login and colours, cut when it is long. */
    static String line(String text, Secrets secrets) {
        // A login may be a part of what is secret; colours may stand within it.
        String clean = CONTROL.matcher(withoutLogin(secrets.hide(text))).replaceAll("");
        // Before it is cut: half of a secret is not found.
        return cut(secrets.hide(clean).stripTrailing(), MOST_SIGNS);
    }
}
