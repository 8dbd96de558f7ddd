package io.github.ecsmaven.smoke;

import java.util.List;
import java.util.regex.Pattern;

/** The first lines of an answer, as evidence. Pure. */
final class Excerpt {
    private static final int LINES = 5;
    private static final int SIGNS = 200;

    private static final Pattern PAGE = Pattern.compile("(?is)\\s*(<!--.*?-->\\s*)*<(!doctype html|html)\\b");
    /** Nothing of it is seen. */
    private static final Pattern UNSEEN =
            Pattern.compile("(?is)<!--.*?-->|<(head|script|style|template|noscript|svg|title)\\b[^>]*>.*?</\\1\\s*>");
    /** They stand within a line. */
    private static final Pattern INLINE = Pattern.compile(
            "(?is)</?(a|abbr|b|bdi|bdo|cite|code|em|font|i|kbd|label|mark|q|s|small|span|strong|sub|sup|time|u|var)\\b[^>]*>");

    private static final Pattern TAG = Pattern.compile("(?s)<[/!a-zA-Z][^>]*>");

    private Excerpt() {}

    /** Of a page of HTML what a reader sees of it, as far as it has text. */
    static List<String> of(String text) {
        List<String> seen = PAGE.matcher(text).lookingAt() ? lines(seen(text)) : List.of();
        return seen.isEmpty() ? lines(text) : seen;
    }

    /** The same of a page as a browser has it after its scripts. */
    static List<String> ofPage(String document) {
        List<String> seen = lines(seen(document));
        return seen.isEmpty() ? List.of("The page shows no text.") : seen;
    }

    private static String seen(String document) {
        String text = UNSEEN.matcher(document).replaceAll(" ").replaceAll("\\s+", " ");
        text = TAG.matcher(INLINE.matcher(text).replaceAll(""))
                .replaceAll("\n")
                .replaceAll(" *\n *", "\n")
                .strip();
        return text.replace("&nbsp;", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    private static List<String> lines(String text) {
        return text.lines()
                .map(Excerpt::line)
                .filter(line -> !line.isBlank())
                .limit(LINES)
                .toList();
    }

    static String line(String line) {
        String clean = line.replaceAll("\\p{Cntrl}", " ").stripTrailing();
        return clean.length() <= SIGNS ? clean : clean.substring(0, SIGNS) + "…";
    }
}
