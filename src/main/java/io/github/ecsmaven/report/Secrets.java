package io.github.ecsmaven.report;

import java.net.URI;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Values that may stand neither in a record nor in what is told of it. */
public final class Secrets {
    public static final Secrets NONE = new Secrets(List.of());

    /** A shorter one is found in ordinary words. */
    private static final int SHORTEST = 4;

    /** Of what only a name makes a secret: {@code GIT_AUTH=basic}, {@code PROXY_PASS=none}. */
    private static final int SHORTEST_GUESS = 6;

    /** {@code /build} stands in the links of a CI too. */
    private static final int SHORTEST_PART = 16;

    private static final Pattern NAME = Pattern.compile(
            "(?i).*(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIALS?|WEBHOOK).*"
                    // Words by themselves: PATH holds one, and PWD is the folder.
                    + "|(?i)(?:.*[_.-])?PASS|(?i).*[_.-](?:PWD|AUTH|DSN|HEADERS)|.*[a-z](?-i:Pass|Pwd|Auth|Dsn)");

    private final List<String> values;

    /** @param values what is hidden wherever it stands */
    public Secrets(Collection<String> values) {
        this.values = values.stream()
                .filter(value -> value.length() >= SHORTEST)
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    /**
     * The values of variables or properties that are named like one: tokens, passwords, keys. An ARN is the name of a secret, and
     * none itself.
     */
    public static List<String> of(Map<String, String> named) {
        return named.entrySet().stream()
                .filter(variable -> NAME.matcher(variable.getKey()).matches())
                .map(Map.Entry::getValue)
                .flatMap(value -> Stream.concat(Stream.of(value), value.lines()))
                .map(String::strip)
                .filter(value -> value.length() >= SHORTEST_GUESS && !value.startsWith("arn:"))
                .toList();
    }

    /** What makes the address of a webhook one: all of it, and of its parts those that are too long to be a name or a word. */
    public static List<String> of(URI address) {
        List<String> parts = Stream.concat(
                        Stream.ofNullable(address.getRawPath()), Stream.ofNullable(address.getRawQuery()))
                .filter(part -> part.length() >= SHORTEST_PART)
                .toList();
        return Stream.concat(Stream.of(address.toString()), parts.stream()).toList();
    }

    /** The text with {@code ***} in the place of each. */
    public String hide(String text) {
        String hidden = text;
        for (String value : values) {
            hidden = hidden.replace(value, "***");
        }
        return hidden;
    }
}
