package io.github.ecsmaven.upload;

import java.util.regex.Pattern;

/**
 * Whether a bundler has put a hash of the content into a file's name: then the name never means other content. One that is
 * missed costs a question to the server; one that is wrongly found would be kept by browsers for a year.
 */
final class HashedName {
    /** webpack, Parcel, older Rollup, Create React App. */
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{8,64}");

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    /** Vite, Rollup 4, esbuild and Angular: eight signs of base64url or base32. */
    private static final Pattern EIGHT = Pattern.compile("[A-Za-z0-9_-]{8}");

    private static final Pattern CAPITAL = Pattern.compile(".*[A-Z].*");
    private static final Pattern DIGIT = Pattern.compile(".*[0-9].*");
    private static final Pattern SMALL = Pattern.compile(".*[a-z].*");
    /** {@code DatePick}, {@code dataGrid}; a hash in a hundred reads as words too, and is missed. */
    private static final Pattern WORDS = Pattern.compile("[A-Z]?[a-z]+(?:[-_]?[A-Z][a-z]+)*");

    private HashedName() {}

    /** @param key with or without folders */
    static boolean isIn(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        int dot = name.indexOf('.');
        if (dot < 0) {
            return false;
        }
        for (String part : name.split("\\.")) {
            if (isHex(part) || isEight(part) || isAtEnd(part)) {
                return true;
            }
        }
        return false;
    }

    /** {@code index-DiwrgT7a}, {@code main_3f9c2b1a}. */
    private static boolean isAtEnd(String part) {
        int from = part.length() - 8;
        if (from > 1
                && (part.charAt(from - 1) == '-' || part.charAt(from - 1) == '_')
                && isEight(part.substring(from))) {
            return true;
        }
        int last = Math.max(part.lastIndexOf('-'), part.lastIndexOf('_'));
        return last > 0 && isHex(part.substring(last + 1));
    }

    /** A number alone may be a date. */
    private static boolean isHex(String text) {
        return HEX.matcher(text).matches()
                && DIGIT.matcher(text).matches()
                && !DIGITS.matcher(text).matches();
    }

    private static boolean isEight(String text) {
        if (!EIGHT.matcher(text).matches() || !CAPITAL.matcher(text).matches()) {
            return false;
        }
        return DIGIT.matcher(text).matches()
                || SMALL.matcher(text).matches() && !WORDS.matcher(text).matches();
    }
}
