package io.github.ecsmaven.ecs.verdict;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A cause that ECS, a load balancer or a registry names in some text.
 *
 * @param texts of which one is to be found
 * @param saying what it means, to follow a colon
 * @param next what to do
 */
public record KnownCause(List<Pattern> texts, String saying, String next) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^{}]*}");

    public KnownCause {
        texts = List.copyOf(texts);
    }

    /** Read when the first failure is explained: a rollout that goes well needs none. */
    private static final class Causes {
        static final List<KnownCause> TABLE = read("known-causes.txt");

        private Causes() {}
    }

    private static final class Refusals {
        static final List<KnownCause> TABLE = read("known-refusals.txt");

        private Refusals() {}
    }

    /** What made a rollout fail; of several texts the one that tells most decides. */
    public static Optional<KnownCause> of(List<String> texts) {
        return find(Causes.TABLE, texts);
    }

    /** Why a call was refused, by "code: message". */
    public static Optional<KnownCause> ofRefusal(String text) {
        return find(Refusals.TABLE, List.of(text));
    }

    private static Optional<KnownCause> find(List<KnownCause> table, List<String> texts) {
        List<String> plain = texts.stream().map(KnownCause::plain).toList();
        return table.stream()
                .filter(cause -> plain.stream().anyMatch(cause::isIn))
                .findFirst();
    }

    private boolean isIn(String text) {
        return texts.stream().anyMatch(pattern -> pattern.matcher(text).find());
    }

    /** AWS writes both kinds of apostrophe. */
    private static String plain(String text) {
        return text.replace('\u2019', '\'');
    }

    private static List<KnownCause> read(String file) {
        List<KnownCause> table = new ArrayList<>();
        List<Pattern> texts = new ArrayList<>();
        String saying = "";
        String next = "";
        for (String line : lines(file)) {
            String rest = line.length() > 2 ? line.substring(2) : "";
            if (line.startsWith("= ")) {
                add(table, texts, saying, next);
                saying = rest;
            } else if (line.startsWith("> ")) {
                next = rest;
            } else if (line.startsWith("- ")) {
                texts.add(pattern(rest));
            }
        }
        add(table, texts, saying, next);
        return List.copyOf(table);
    }

    private static void add(List<KnownCause> table, List<Pattern> texts, String saying, String next) {
        if (!texts.isEmpty()) {
            table.add(new KnownCause(texts, saying, next));
            texts.clear();
        }
    }

    private static Pattern pattern(String text) {
        StringBuilder pattern = new StringBuilder();
        String[] parts = PLACEHOLDER.split(text, -1);
        for (int i = 0; i < parts.length; i++) {
            pattern.append(i == 0 ? "" : ".*?").append(Pattern.quote(parts[i]));
        }
        return Pattern.compile(pattern.toString(), Pattern.DOTALL);
    }

    private static List<String> lines(String file) {
        try (InputStream in = Objects.requireNonNull(KnownCause.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
