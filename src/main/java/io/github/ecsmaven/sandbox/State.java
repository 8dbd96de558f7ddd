package io.github.ecsmaven.sandbox;

import io.github.ecsmaven.sandbox.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * {@code sandbox.json} in the home, readable by its owner alone: where the sandbox answers and its secrets. Port and
 * keys stay the same as long as the file does.
 *
 * @param port on 127.0.0.1
 * @param pid of the process; 0 when it has ended in order
 * @param protocol {@link #PROTOCOL} of the process
 * @param region of calls that name none
 * @param accessKeyId for AWS clients
 * @param secretAccessKey for AWS clients; it also proves to the goals that they talk to the sandbox of this home
 * @param started ISO 8601
 * @param build of the plugin that the process runs
 */
record State(
        int port,
        long pid,
        int protocol,
        String region,
        String accessKeyId,
        String secretAccessKey,
        String started,
        @Nullable Build build) {
    /** What the goals and the process agree on; an older process is restarted by a newer plugin. */
    static final int PROTOCOL = 2;

    static final String FILE = "sandbox.json";
    private static final String REGION = "us-east-1";

    /** A state with new keys; they look like no real ones. */
    static State fresh(SecureRandom random) {
        byte[] bytes = new byte[27];
        random.nextBytes(bytes);
        String hex = HexFormat.of().withUpperCase().formatHex(bytes);
        return new State(0, 0, PROTOCOL, REGION, "SANDBOX" + hex.substring(0, 13), hex.substring(13, 53), "", null);
    }

    static Optional<State> read(Path home) {
        try {
            return Optional.of(Json.read(home.resolve(FILE), State.class));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    void write(Path home) {
        Json.write(home.resolve(FILE), this);
    }

    static void delete(Path home) throws IOException {
        Files.deleteIfExists(home.resolve(FILE));
    }

    State running(int actualPort, long processId, String now, Build runs) {
        return new State(actualPort, processId, PROTOCOL, region, accessKeyId, secretAccessKey, now, runs);
    }

    State ended() {
        return new State(port, 0, protocol, region, accessKeyId, secretAccessKey, started, build);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "State[port=" + port + ", pid=" + pid + ", started=" + started + "]";
    }

    /** An older protocol, or an older build. */
    boolean isOlderThan(Build other) {
        return protocol < PROTOCOL
                || (protocol == PROTOCOL && (build == null ? Build.UNKNOWN : build).isOlderThan(other));
    }

    /** What only who has the secret can say: to end, and in this way. Protocol 1 had one word for all ways. */
    String stopProof(Admin.End how) {
        return proof(protocol < 2 ? Admin.STOP : Admin.STOP + " " + how);
    }

    /** The answer to a question that only who has the secret can give. */
    String proof(String question) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secretAccessKey.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(question.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
