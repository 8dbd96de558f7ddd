package io.github.ecsmaven.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What README says of permissions. */
final class Readme {
    private static final Pattern POLICY = Pattern.compile("```json\n(\\{\"Version\".*?)```", Pattern.DOTALL);
    private static final Pattern OPTIONAL = Pattern.compile("A deploy goes through without (.*?)\\. ", Pattern.DOTALL);
    private static final Pattern ACTION = Pattern.compile("`([a-z]+:[A-Za-z]+)`");

    private Readme() {}

    /** The actions that a deploy can't do without. */
    static Set<String> mandatory() throws IOException {
        Set<String> actions = policy();
        actions.removeAll(optional());
        return actions;
    }

    /** The actions in the first column of a table of the page on permissions. */
    static Set<String> page(String heading) throws IOException {
        String page = Files.readString(Path.of("src/site/markdown/permissions.md"));
        String section = page.substring(page.indexOf("\n## " + heading + "\n") + 1);
        Set<String> actions = new TreeSet<>();
        section.substring(0, section.indexOf("\n## "))
                .lines()
                .filter(line -> line.startsWith("| "))
                .forEach(line -> actions.addAll(named(line.split("\\|")[1])));
        return actions;
    }

    /** The actions that the page on rollbacks names for one by hand. */
    static Set<String> rollback() throws IOException {
        String page = Files.readString(Path.of("src/site/markdown/rollback.md"));
        return named(page.substring(page.indexOf("\nPermissions: ")));
    }

    private static Set<String> named(String text) {
        Set<String> actions = new TreeSet<>();
        Matcher named = ACTION.matcher(text);
        while (named.find()) {
            actions.add(named.group(1));
        }
        return actions;
    }

    /** All actions of the policy. */
    static Set<String> policy() throws IOException {
        Set<String> actions = new TreeSet<>();
        for (JsonNode statement : new ObjectMapper().readTree(first(POLICY)).path("Statement")) {
            JsonNode action = statement.path("Action");
            if (action.isArray()) {
                action.forEach(one -> actions.add(one.asText()));
            } else {
                actions.add(action.asText());
            }
        }
        return actions;
    }

    /** Those without which there is less detail. */
    static Set<String> optional() throws IOException {
        return named(first(OPTIONAL));
    }

    private static String first(Pattern pattern) throws IOException {
        Matcher found = pattern.matcher(Files.readString(Path.of("README.md")));
        if (!found.find()) {
            throw new IOException("README.md has no " + pattern);
        }
        return found.group(1);
    }
}
