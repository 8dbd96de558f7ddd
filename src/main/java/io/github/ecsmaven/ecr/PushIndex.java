package io.github.ecsmaven.ecr;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.event.EventHandlers;
import com.google.cloud.tools.jib.global.JibSystemProperties;
import com.google.cloud.tools.jib.http.FailoverHttpClient;
import com.google.cloud.tools.jib.image.json.ManifestTemplate;
import com.google.cloud.tools.jib.registry.RegistryClient;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import io.github.ecsmaven.ImageIndex;
import io.github.ecsmaven.RegistryHost;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Sends an index, after the images that it lists. Jib pushes an index only as a part of a build of its own, so its client of
 * a registry is used here as Jib does, with the same logins.
 */
final class PushIndex {
    private final ImageIndex index;
    private final PushLog log;

    PushIndex(ImageIndex index, PushLog log) {
        this.index = index;
        this.log = log;
    }

    /** @param names tags, or the index's own digest */
    void send(PushTarget target, List<String> names)
            throws IOException, RegistryException, CredentialRetrievalException {
        FailoverHttpClient http = new FailoverHttpClient(
                RegistryHost.isLoopback(target.image().getRegistry()),
                JibSystemProperties.sendCredentialsOverHttp(),
                this::tell);
        try {
            RegistryClient client = client(target, http);
            for (String name : names) {
                client.pushManifest(new Document(index), name);
            }
        } finally {
            http.shutDown();
        }
    }

    private RegistryClient client(PushTarget target, FailoverHttpClient http)
            throws IOException, RegistryException, CredentialRetrievalException {
        EventHandlers events =
                EventHandlers.builder().add(LogEvent.class, this::tell).build();
        Optional<Credential> login = login(target);
        RegistryClient client = RegistryClient.factory(
                        events, target.image().getRegistry(), target.image().getRepository(), http)
                .setCredential(login.orElse(null))
                .newRegistryClient();
        if (!client.doPushBearerAuth()
                && login.filter(found -> !found.isOAuth2RefreshToken()).isPresent()) {
            client.configureBasicAuth();
        }
        return client;
    }

    private static Optional<Credential> login(PushTarget target) throws CredentialRetrievalException {
        for (CredentialRetriever retriever : target.credentials()) {
            Optional<Credential> found = retriever.retrieve();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private void tell(LogEvent event) {
        log.detail(event.getMessage());
    }

    /** The index's own bytes in the form that Jib's client takes. */
    private record Document(ImageIndex index) implements ManifestTemplate {
        @JsonValue
        @JsonRawValue
        String text() {
            return index.text();
        }

        @Override
        public int getSchemaVersion() {
            return 2;
        }

        @Override
        public String getManifestMediaType() {
            return index.mediaType();
        }
    }
}
