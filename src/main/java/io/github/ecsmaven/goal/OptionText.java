package io.github.ecsmaven.goal;

import io.github.ecsmaven.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Options in the one-line form that fits into a property: lists {@code a,b}, maps {@code A=b,C=d}; {@code \,} is a comma. */
final class OptionText {
    private OptionText() {}

    /** The trimmed text, or empty when it is absent or blank. */
    static Optional<String> text(@Nullable String text) {
        return Optional.ofNullable(text).map(String::trim).filter(value -> !value.isEmpty());
    }

    /** The items of a list, trimmed; blank ones are left out. */
    static List<String> list(@Nullable String text) {
        return split(text == null ? "" : text).stream()
                .map(String::trim)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /** The items of a list that Maven has filled; null and blank ones are left out. */
    static List<String> list(@Nullable List<String> items) {
        return items == null
                ? List.of()
                : items.stream().flatMap(item -> text(item).stream()).toList();
    }

    /**
     * @param property for the error
     * @throws Problem when an entry has no name or no equals sign
     */
    static Map<String, String> map(String property, String text) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String entry : split(text)) {
            if (entry.isBlank()) {
                continue;
            }
            int equals = entry.indexOf('=');
            if (equals <= 0) {
                throw Problem.ofProject(
                        "'" + property + "' has an entry without the form NAME=value.",
                        "write -D" + property + "=A=b,C=d; a comma inside a value is \\,.");
            }
            map.put(entry.substring(0, equals).trim(), entry.substring(equals + 1));
        }
        return map;
    }

    /**
     * One of the constants, whose names are written in any case.
     *
     * @param property for the error
     * @throws Problem when it is none of them
     */
    static <E extends Enum<E>> E choice(String property, String text, Class<E> choices) {
        return Stream.of(choices.getEnumConstants())
                .filter(choice -> choice.name().equalsIgnoreCase(text.strip()))
                .findFirst()
                .orElseThrow(() -> Problem.ofProject(
                        "'" + text + "' is not known (" + property + ").",
                        "write " + property + "="
                                + Stream.of(choices.getEnumConstants())
                                        .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(" or "))
                                + "."));
    }

    /**
     * A switch; without a value it is on.
     *
     * @param property for the error
     * @throws Problem when it is neither true nor false
     */
    static boolean flag(String property, String text) {
        String value = text.strip().toLowerCase(Locale.ROOT);
        if (!value.isEmpty() && !value.equals("true") && !value.equals("false")) {
            throw Problem.ofProject(
                    "'" + text + "' is neither true nor false (" + property + ").",
                    "write -D" + property + "=true or -D" + property + "=false.");
        }
        return !value.equals("false");
    }

    /**
     * A port of TCP or UDP.
     *
     * @param property for the error
     * @param least 0 where that stands for any free one, else 1
     * @throws Problem when it is none
     */
    static int port(String property, String text, int least) {
        return number(text, least, 65_535)
                .orElseThrow(() -> Problem.ofProject(
                        "'" + text + "' is not a port (" + property + ").",
                        "write a number from " + least + " to 65535."));
    }

    /**
     * How many there are of something.
     *
     * @param property for the error
     * @throws Problem when it is no whole number, or below 0
     */
    static int count(String property, String text) {
        return number(text, 0, Integer.MAX_VALUE)
                .orElseThrow(() -> Problem.ofProject(
                        "'" + text + "' is not a whole number (" + property + ").",
                        "write how many there are to be, for example " + property + "=2."));
    }

    private static Optional<Integer> number(String text, int least, int most) {
        return Optional.of(text.strip())
                .filter(digits -> digits.matches("\\d{1,10}"))
                .map(Long::parseLong)
                .filter(number -> number >= least && number <= most)
                .map(Long::intValue);
    }

    /**
     * The text of a regular expression.
     *
     * @throws Problem when it is none
     */
    static String pattern(String property, String text) {
        try {
            return Pattern.compile(text).pattern();
        } catch (PatternSyntaxException error) {
            throw Problem.ofProject(
                    "'" + text + "' is not a regular expression (" + property + "): " + error.getDescription() + ".",
                    "correct " + property + "; \\ before a sign takes it literally.");
        }
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (letter == '\\' && at + 1 < text.length() && text.charAt(at + 1) == ',') {
                part.append(',');
                at++;
            } else if (letter == ',') {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(letter);
            }
        }
        parts.add(part.toString());
        return parts;
    }
}
