package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.tools.jib.api.Credential;
import io.github.ecsmaven.Problem;
import java.util.List;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsProblem;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.SettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.junit.jupiter.api.Test;

class SettingsLoginsTest {
    private final Settings settings = new Settings();

    @Test
    void ofWhenAServerHasTheHostsNameIsItsLoginDecrypted() {
        add("registry.example:5000", "builder", "{secret}");
        assertThat(logins().of("registry.example:5000")).contains(Credential.from("builder", "secret"));
    }

    @Test
    void ofWhenNoServerOrNoUserIsThereIsEmpty() {
        add("keys.example", null, "x");
        assertThat(logins().of("registry.example")).isEmpty();
        assertThat(logins().of("keys.example")).isEmpty();
    }

    @Test
    void ofDockerHubTakesItsOtherNamesToo() {
        add("docker.io", "builder", "{secret}");
        assertThat(logins().of("registry-1.docker.io")).contains(Credential.from("builder", "secret"));
    }

    @Test
    void ofWhenThePasswordCannotBeDecryptedSaysSo() {
        add("ghcr.io", "builder", "{broken}");
        Problem problem = catchThrowableOfType(Problem.class, () -> logins().of("ghcr.io"));
        assertThat(problem.text())
                .startsWith("The password of the server 'ghcr.io' in settings.xml can't be decrypted.\n  no master")
                .doesNotContain("{broken}");
    }

    private void add(String id, String user, String password) {
        Server server = new Server();
        server.setId(id);
        server.setUsername(user);
        server.setPassword(password);
        settings.addServer(server);
    }

    /** Maven's decrypter as far as its answers go: its own needs a master password in the user's home. */
    private SettingsLogins logins() {
        return new SettingsLogins(settings, SettingsLoginsTest::decrypt);
    }

    private static SettingsDecryptionResult decrypt(SettingsDecryptionRequest request) {
        Server server = request.getServers().get(0).clone();
        boolean broken = server.getPassword().equals("{broken}");
        server.setPassword(server.getPassword().replaceAll("[{}]", ""));
        return new Decrypted(
                server,
                broken
                        ? List.of(new DefaultSettingsProblem(
                                "no master", SettingsProblem.Severity.ERROR, "settings.xml", 1, 1, null))
                        : List.of());
    }

    private record Decrypted(Server server, List<SettingsProblem> problems) implements SettingsDecryptionResult {
        @Override
        public Server getServer() {
            return server;
        }

        @Override
        public List<Server> getServers() {
            return List.of(server);
        }

        @Override
        public Proxy getProxy() {
            throw new UnsupportedOperationException("no proxy was asked for");
        }

        @Override
        public List<Proxy> getProxies() {
            return List.of();
        }

        @Override
        public List<SettingsProblem> getProblems() {
            return problems;
        }
    }
}
