package io.github.ecsmaven.ecr;

import io.github.ecsmaven.NearestNames;
import io.github.ecsmaven.Problem;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One item of {@code ecs.tags} with its placeholders; a pure decision. */
final class TagPattern {
    private static final Pattern PLACEHOLDER = Pattern.compile("(\\$?)\\{([^{}]*)}");
    private static final List<String> NAMES = List.of("version", "commit", "branch", "build", "date");
    private static final String KNOWN =
            "Known: {version}, {commit}, {commit:8}, {branch}, {build}, {date:yyyyMMdd-HHmm}";
    private static final int FEWEST_DIGITS = 4;
    /** OCI distribution spec, "Pulling manifests". */
    static final int LONGEST = 128;

    private final String pattern;
    private final TagValues values;

    TagPattern(String pattern, TagValues values) {
        this.pattern = pattern;
        this.values = values;
    }

    /**
     * The text with a value for each placeholder. What no tag may hold is made legal in values only: what the user wrote
     * himself stays. A branch is shortened when the tag is too long.
     *
     * @throws Problem when a placeholder is not known or has no value
     */
    String expand() {
        String whole = expanded(Integer.MAX_VALUE);
        int over = whole.length() - LONGEST;
        if (over <= 0 || !pattern.contains("{branch}")) {
            return whole;
        }
        int branch = values.branch().map(TagPattern::legal).orElse("").length();
        return expanded(Math.max(1, branch - over));
    }

    private String expanded(int longestBranch) {
        Matcher matcher = PLACEHOLDER.matcher(pattern);
        return matcher.replaceAll(found -> Matcher.quoteReplacement(value(found, longestBranch)));
    }

    private String value(MatchResult found, int longestBranch) {
        String text = found.group(2);
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        Optional<String> argument = colon < 0 ? Optional.empty() : Optional.of(text.substring(colon + 1));
        if (!found.group(1).isEmpty()) {
            throw unresolved(text);
        }
        return switch (name) {
            case "version" -> without(argument, name, Optional.of(values.version()), "");
            case "commit" -> commit(argument);
            case "branch" -> {
                String branch =
                        without(argument, name, values.branch(), "the checkout is of no branch (a tag, or detached)");
                yield branch.substring(0, Math.min(branch.length(), longestBranch));
            }
            case "build" -> without(argument, name, values.build(), "this is no build of a known CI product");
            case "date" -> date(argument.orElse(""));
            default -> throw unknown(name);
        };
    }

    private String without(Optional<String> argument, String name, Optional<String> value, String whyNone) {
        if (argument.isPresent()) {
            throw wrong(name, "'{" + name + "}' takes nothing after a colon");
        }
        return value.map(TagPattern::legal).filter(text -> !text.isEmpty()).orElseThrow(() -> none(name, whyNone));
    }

    private String commit(Optional<String> digits) {
        String hash =
                values.commit().orElseThrow(() -> none("commit", "the project is in no git checkout with a commit"));
        if (digits.isEmpty()) {
            return hash;
        }
        int count = digits.get().matches("\\d{1,2}") ? Integer.parseInt(digits.get()) : 0;
        if (count < FEWEST_DIGITS || count > hash.length()) {
            throw wrong("commit:" + digits.get(), "a commit has " + FEWEST_DIGITS + " to " + hash.length() + " digits");
        }
        return hash.substring(0, count);
    }

    private String date(String form) {
        try {
            if (!form.isBlank()) {
                DateTimeFormatter formatter = DateTimeFormatter.ofPattern(form, Locale.ROOT);
                String text = legal(formatter.format(values.time().atZone(ZoneOffset.UTC)));
                if (!text.isEmpty()) {
                    return text;
                }
            }
        } catch (IllegalArgumentException | DateTimeException notAForm) {
            // Told below, as a form that is missing.
        }
        throw wrong(
                form.isBlank() ? "date" : "date:" + form,
                "a date has a form of java.time's DateTimeFormatter, as in '{date:yyyyMMdd-HHmm}'");
    }

    /** {@code _} for the {@code +} of a version, {@code -} for all else, and neither at the ends. */
    private static String legal(String value) {
        return value.replace('+', '_').replaceAll("[^a-zA-Z0-9._-]+", "-").replaceAll("^[.-]+|-+$", "");
    }

    private Problem none(String name, String why) {
        return Problem.ofProject(
                "The tag '" + pattern + "' (ecs.tags) can't be made: '{" + name + "}' has no value.",
                List.of("There is none, as " + why + ".", KNOWN),
                "take '{" + name + "}' out of ecs.tags, or name the tag itself: -Decs.tags=….");
    }

    private Problem unknown(String name) {
        List<String> near = name.isBlank() ? List.of() : NearestNames.of(name, NAMES);
        List<String> evidence = new ArrayList<>();
        near.stream().findFirst().ifPresent(first -> evidence.add("Did you mean '{" + first + "}'?"));
        evidence.add(KNOWN);
        return Problem.ofProject(
                "The tag '" + pattern + "' (ecs.tags) can't be made: '{" + name + "}' is not known.",
                evidence,
                "correct ecs.tags.");
    }

    private Problem wrong(String placeholder, String why) {
        return Problem.ofProject(
                "The tag '" + pattern + "' (ecs.tags) can't be made: '{" + placeholder + "}' is not understood.",
                List.of(why.substring(0, 1).toUpperCase(Locale.ROOT) + why.substring(1) + ".", KNOWN),
                "correct ecs.tags.");
    }

    private Problem unresolved(String property) {
        return Problem.ofProject(
                "The tag '" + pattern + "' (ecs.tags) can't be made: Maven has no property '" + property + "'.",
                List.of(KNOWN),
                NAMES.contains(property)
                        ? "write '{" + property + "}' without the dollar sign."
                        : "set the property '" + property + "', or correct ecs.tags.");
    }
}
