package io.github.ecsmaven;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A content digest, {@code sha256:} and 64 hexadecimal digits (OCI image spec, "Digests").
 *
 * @param value the whole text
 */
public record Digest(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Digest {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is not a sha256 digest");
        }
    }

    /** The digest of these bytes. */
    public static Digest of(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new Digest("sha256:" + HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** {@code sha256:} and the first twelve digits, for a line that a person reads. */
    public String shortText() {
        return value.substring(0, "sha256:".length() + 12);
    }

    @Override
    public String toString() {
        return value;
    }
}
