package io.github.ecsmaven.goal;

import io.github.ecsmaven.report.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.jspecify.annotations.Nullable;

/**
 * What a Maven call knows and may tell nobody: variables of the environment, and properties of the command line and of the
 * profiles in settings.xml, that are named like a secret; the addresses of webhooks, and the passwords in settings.xml.
 */
public final class SessionSecrets {
    private final MavenSession session;
    private final Optional<SettingsDecrypter> decrypter;
    private @Nullable Secrets known;

    public SessionSecrets(MavenSession session, Optional<SettingsDecrypter> decrypter) {
        this.session = session;
        this.decrypter = decrypter;
    }

    /** Looked for once, when first asked. */
    public synchronized Secrets known() {
        Secrets secrets = known;
        if (secrets == null) {
            secrets = look();
            known = secrets;
        }
        return secrets;
    }

    Optional<SettingsDecrypter> decrypter() {
        return decrypter;
    }

    private Secrets look() {
        List<String> values = new ArrayList<>(Secrets.of(System.getenv()));
        values.addAll(Secrets.of(named(session.getSystemProperties())));
        values.addAll(Secrets.of(named(session.getUserProperties())));
        // Whether one is active or not: what it has is nobody's business.
        session.getRequest()
                .getProfiles()
                .forEach(profile -> values.addAll(Secrets.of(named(profile.getProperties()))));
        values.addAll(NotifyOptions.of(session).addresses());
        passwords().forEach(values::add);
        return new Secrets(values);
    }

    /** Those of this plugin that name a channel are no secrets, but for its address. */
    private static Map<String, String> named(Properties given) {
        return given.stringPropertyNames().stream()
                .filter(name -> !name.startsWith("ecs.notify.") && !name.startsWith("env."))
                .collect(Collectors.toMap(name -> name, given::getProperty));
    }

    /** One that can't be decrypted is of no use to anybody. */
    private Stream<String> passwords() {
        try {
            return decrypter
                    .map(known -> known.decrypt(new DefaultSettingsDecryptionRequest(session.getSettings())))
                    .map(SessionSecrets::passwords)
                    .orElse(Stream.empty());
        } catch (RuntimeException undecryptable) {
            // Maven has warned of it.
            return Stream.empty();
        }
    }

    private static Stream<String> passwords(SettingsDecryptionResult settings) {
        return Stream.concat(
                settings.getServers().stream()
                        .flatMap(server -> Stream.of(
                                Optional.ofNullable(server.getPassword()), Optional.ofNullable(server.getPassphrase())))
                        .flatMap(Optional::stream),
                settings.getProxies().stream().flatMap(proxy -> Stream.ofNullable(proxy.getPassword())));
    }
}
