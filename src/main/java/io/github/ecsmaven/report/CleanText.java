package io.github.ecsmaven.report;

import java.util.regex.Pattern;

/** Text for a record, which is kept for long and read by many. */
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

    /** One line without a login and colours, cut when it is long. */
    static String line(String text) {
        String clean = CONTROL.matcher(withoutLogin(text)).replaceAll("").stripTrailing();
        return clean.length() <= MOST_SIGNS ? clean : clean.substring(0, MOST_SIGNS - 1) + "…";
    }
}
