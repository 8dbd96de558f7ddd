package io.github.ecsmaven.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;

/** Talks to the process of a state file; loopback only, past every proxy. */
final class ServerClient {
    private static final int TIMEOUT = 2000;

    /**
     * What a process that proved itself says.
     *
     * @param inUse whether somebody is at work with it now
     */
    record Health(boolean inUse) {}

    /** Empty when nobody answers there, or somebody else does. */
    Optional<Health> health(State state) {
        String question = UUID.randomUUID().toString();
        try {
            HttpURLConnection connection = open(state, Admin.HEALTH + "?question=" + question);
            try (InputStream in = connection.getInputStream()) {
                ObjectNode answer = Json.parse(in.readNBytes(1 << 16));
                String proof = state.proof("health " + question);
                if (answer == null || !proof.equals(answer.path("proof").asText())) {
                    return Optional.empty();
                }
                return Optional.of(new Health(answer.path("inUse").asBoolean()));
            }
        } catch (IOException nobody) {
            return Optional.empty();
        }
    }

    /** Asks it to end; it does so after the answer. */
    void stop(State state, Admin.End how) throws IOException {
        HttpURLConnection connection = open(state, Admin.STOP + "?how=" + how);
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Authorization", "Bearer " + state.stopProof(how));
        int status = connection.getResponseCode();
        connection.disconnect();
        if (status != 202) {
            throw new IOException("The sandbox refused to stop: status " + status);
        }
    }

    private static HttpURLConnection open(State state, String path) throws IOException {
        URI address = URI.create("http://127.0.0.1:" + state.port() + path);
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(TIMEOUT);
        connection.setReadTimeout(TIMEOUT);
        return connection;
    }
}
