package io.github.ecsmaven.sandbox.ecr;

import java.util.regex.Pattern;

/** The grammar of names, tags and digests (ECR's model; OCI distribution spec, "Pulling manifests"). */
final class Names {
    /** As the service's own message quotes it. */
    private static final String QUOTED =
            "must satisfy regular expression '(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*'";

    private static final String WORDS = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern REPOSITORY = Pattern.compile(WORDS + "(?:/" + WORDS + ")*");
    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,299}");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private Names() {}

    static String repository(String name) {
        if (name.length() < 2
                || name.length() > 256
                || !REPOSITORY.matcher(name).matches()) {
            throw Refusal.invalid("repositoryName", QUOTED);
        }
        return name;
    }

    static boolean isTag(String text) {
        return TAG.matcher(text).matches();
    }

    static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }

    static String tag(String text) {
        if (!isTag(text)) {
            throw Refusal.invalid("imageTag", "must satisfy regular expression '" + TAG.pattern() + "'");
        }
        return text;
    }
}
