package io.github.ecsmaven.sandbox.ecr;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The registry's passwords: valid for 12 hours, and signed, so that they outlive a restart without being stored. */
final class Tokens {
    static final Duration LIFE = Duration.ofHours(12);
    private static final String USER = "AWS:";

    enum Answer {
        VALID,
        MISSING,
        INVALID,
        EXPIRED
    }

    private final byte[] secret;
    private final Clock clock;

    Tokens(String secret, Clock clock) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        this.clock = clock;
    }

    /** What {@code GetAuthorizationToken} gives: base64 of {@code AWS:<password>}. */
    String issue(Instant expires) {
        String time = Long.toString(expires.getEpochSecond());
        String token = USER + time + "." + signature(time);
        return Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param authorization the header of a request, null when there is none
     */
    Answer check(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Answer.MISSING;
        }
        String[] parts = decode(authorization.substring(6).trim()).split("\\.", -1);
        if (parts.length != 2 || !parts[0].matches("AWS:\\d{1,18}")) {
            return Answer.INVALID;
        }
        String time = parts[0].substring(USER.length());
        if (!MessageDigest.isEqual(bytes(signature(time)), bytes(parts[1]))) {
            return Answer.INVALID;
        }
        return clock.instant().getEpochSecond() < Long.parseLong(time) ? Answer.VALID : Answer.EXPIRED;
    }

    private static String decode(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String signature(String time) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(bytes("registry " + time)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
