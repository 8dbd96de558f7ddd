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
