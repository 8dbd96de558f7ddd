package io.github.ecsmaven.sandbox.sts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Session tokens that say themselves whose they are and for how long, so that they outlive the process. */
public final class SessionTokens {
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] key;

    /** @param secret that only this sandbox has */
    public SessionTokens(String secret) {
        this.key = ("session " + secret).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * What AssumeRole has given.
     *
     * @param account of the role
     * @param identity ARN of the session
     * @param expires when it is over
     */
    public record Session(String account, String identity, Instant expires) {}

    String issue(Session session) {
        byte[] claim = Json.bytes(Json.object()
                .put("account", session.account())
                .put("identity", session.identity())
                .put("expires", session.expires().getEpochSecond()));
        return encode(claim) + "." + encode(sign(claim));
    }

    /** The session of a token; empty when this sandbox has not given it. */
    public Optional<Session> read(@Nullable String token) {
        String[] parts = token == null ? new String[0] : token.split("\\.");
        if (parts.length != 2) {
            return Optional.empty();
        }
        try {
            byte[] claim = Base64.getUrlDecoder().decode(parts[0]);
            ObjectNode said = Json.parse(claim);
            boolean own =
                    MessageDigest.isEqual(sign(claim), Base64.getUrlDecoder().decode(parts[1]));
            return said == null || !own ? Optional.empty() : Optional.of(session(said));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static Session session(ObjectNode said) {
        return new Session(
                said.path("account").asText(),
                said.path("identity").asText(),
                Instant.ofEpochSecond(said.path("expires").asLong()));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private byte[] sign(byte[] claim) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(claim);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
