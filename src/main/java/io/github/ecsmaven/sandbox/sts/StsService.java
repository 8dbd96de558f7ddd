package io.github.ecsmaven.sandbox.sts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.sts.SessionTokens.Session;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import io.github.ecsmaven.sandbox.wire.Json;
import io.github.ecsmaven.sandbox.wire.QueryService;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** AWS STS: every key is accepted, every role may be assumed; the credentials that it gives work in the sandbox only. */
public final class StsService implements QueryService {
    private static final Pattern ROLE =
            Pattern.compile("arn:aws[a-z-]*:iam::(\\d{12}):role/(?:.+/)?([\\w+=,.@-]{1,64})");
    private static final Pattern SESSION = Pattern.compile("[\\w+=,.@-]{2,64}");
    private static final String ROLE_ID = "AROASANDBOXSANDBOX01";
    private static final Duration SHORTEST = Duration.ofMinutes(15);

    private final SessionTokens tokens;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public StsService(SessionTokens tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public String version() {
        return "2011-06-15";
    }

    @Override
    public String namespace() {
        return "https://sts.amazonaws.com/doc/2011-06-15/";
    }

    @Override
    public ObjectNode handle(String action, Map<String, String> parameters, Caller caller) {
        return switch (action) {
            case "GetCallerIdentity" -> identity(caller);
            case "AssumeRole", "AssumeRoleWithWebIdentity" -> assumeRole(parameters);
            case "GetSessionToken" -> {
                ObjectNode answer = Json.object();
                Instant end = end(parameters, Duration.ofHours(12), Duration.ofHours(36));
                answer.set("Credentials", credentials(new Session(caller.account(), caller.identity(), end)));
                yield answer;
            }
            default -> throw AwsError.unknownAction("sts", action);
        };
    }

    private static ObjectNode identity(Caller caller) {
        String arn = caller.identity();
        boolean role = arn.contains(":assumed-role/");
        return Json.object()
                .put("Arn", arn)
                .put("UserId", role ? ROLE_ID + ":" + arn.substring(arn.lastIndexOf('/') + 1) : "AIDASANDBOXSANDBOX01")
                .put("Account", caller.account());
    }

    private ObjectNode assumeRole(Map<String, String> parameters) {
        Matcher role = ROLE.matcher(parameters.getOrDefault("RoleArn", ""));
        String session = parameters.getOrDefault("RoleSessionName", "");
        if (!role.matches()) {
            throw invalid(parameters.getOrDefault("RoleArn", "") + " is invalid");
        }
        if (!SESSION.matcher(session).matches()) {
            throw invalid("1 validation error detected: Value '" + session
                    + "' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular"
                    + " expression pattern: [\\w+=,.@-]*");
        }
        String arn = "arn:aws:sts::" + role.group(1) + ":assumed-role/" + role.group(2) + "/" + session;
        Instant end = end(parameters, Duration.ofHours(1), Duration.ofHours(12));
        ObjectNode answer = Json.object();
        answer.set("Credentials", credentials(new Session(role.group(1), arn, end)));
        answer.set(
                "AssumedRoleUser",
                Json.object().put("AssumedRoleId", ROLE_ID + ":" + session).put("Arn", arn));
        return answer;
    }

    private ObjectNode credentials(Session session) {
        return Json.object()
                .put("AccessKeyId", "SANDBOX" + letters(13))
                .put("SecretAccessKey", letters(40))
                .put("SessionToken", tokens.issue(session))
                .put("Expiration", session.expires().toString());
    }

    private Instant end(Map<String, String> parameters, Duration usual, Duration longest) {
        Duration length = length(parameters.get("DurationSeconds"), usual, longest);
        return clock.instant().plus(length).truncatedTo(ChronoUnit.SECONDS);
    }

    private static Duration length(@Nullable String asked, Duration usual, Duration longest) {
        if (asked == null) {
            return usual;
        }
        long seconds = asked.matches("\\d{1,9}") ? Long.parseLong(asked) : 0;
        if (seconds < SHORTEST.toSeconds() || seconds > longest.toSeconds()) {
            throw invalid("1 validation error detected: Value '" + asked
                    + "' at 'durationSeconds' failed to satisfy constraint: Member must have value between "
                    + SHORTEST.toSeconds() + " and " + longest.toSeconds());
        }
        return Duration.ofSeconds(seconds);
    }

    private String letters(int count) {
        String text = new BigInteger(count * 6, random).toString(36).toUpperCase(Locale.ROOT);
        return text.length() < count ? letters(count) : text.substring(0, count);
    }

    private static AwsError invalid(String text) {
        return new AwsError("ValidationError", 400, text);
    }
}
