package io.github.ecsmaven.sandbox;

import io.github.ecsmaven.sandbox.wire.Caller;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request's headers say. */
final class Requests {
    /** AWS Signature Version 4: {@code Credential=<key>/<date>/<region>/<service>/aws4_request}. */
    private static final Pattern SCOPE = Pattern.compile("Credential=([^/,]*)/\\d{8}/([a-z0-9-]{1,32})/");

    private static final Pattern HOST =
            Pattern.compile("(?:127\\.0\\.0\\.1|\\[::1]|(?:[a-z0-9-]+\\.)*localhost)(?::\\d{1,5})?");

    private Requests() {}

    /** Who calls: an access key of twelve digits names its account; the region is that of the signature. */
    static Caller caller(@Nullable String authorization, String account, String region) {
        Matcher scope = SCOPE.matcher(authorization == null ? "" : authorization);
        if (!scope.find()) {
            return new Caller(account, region);
        }
        boolean named = scope.group(1).matches("\\d{12}");
        return new Caller(named ? scope.group(1) : account, scope.group(2));
    }

    /** False for a name that somebody's DNS points here: a web page could then read what the sandbox has. */
    static boolean isLoopback(@Nullable String host) {
        return host != null && HOST.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}
