package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.report.Secrets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Model;
import org.apache.maven.model.Profile;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.junit.jupiter.api.Test;

class SessionSecretsTest {
    private final Properties user = new Properties();
    private final Properties system = new Properties();
    private final Properties pom = new Properties();
    private final Profile profile = new Profile();

    @Test
    void knownAreValuesNamedLikeSecretsWebhooksAndPasswords() {
        user.setProperty("db.password", "of-the-command-line");
        system.setProperty("javax.net.ssl.trustStorePassword", "of-the-jvm");
        profile.addProperty("sonar.token", "of-a-profile");
        pom.setProperty("ecs.notify.slack.url", "https://hooks.example.com/services/T024/B0SECRET");
        user.setProperty("ecs.notify.teams.url", "https://no address/B0WRONG");
        user.setProperty("ecs.notify.mail.server", "smtp.example.com");

        Secrets secrets = secrets().known();

        assertThat(secrets.hide("of-the-command-line of-the-jvm of-a-profile passwords=pa55 phrase=fr4se proxy=pr0xy"))
                .isEqualTo("*** *** *** passwords=*** phrase=*** proxy=***");
        assertThat(secrets.hide("POST https://no address/B0WRONG, /services/T024/B0SECRET"))
                .isEqualTo("POST ***, ***");
        assertThat(secrets.hide("smtp.example.com")).isEqualTo("smtp.example.com");
    }

    /** What the application under test prints as it crashes stands in the evidence of an error. */
    @Test
    void errorOfAGoalHidesThePasswordsOfTheSettings() {
        UploadMojo goal = new UploadMojo();
        goal.session = session();
        goal.decrypter = settings -> new Decrypted();

        assertThat(goal.hide("connecting with pa55")).isEqualTo("connecting with ***");
    }

    private SessionSecrets secrets() {
        return new SessionSecrets(session(), Optional.of(settings -> new Decrypted()));
    }

    @SuppressWarnings("deprecation") // Maven 3 has no other constructor that takes a request.
    private MavenSession session() {
        DefaultMavenExecutionRequest request = new DefaultMavenExecutionRequest();
        request.setUserProperties(user);
        request.setSystemProperties(system);
        request.addProfile(profile);
        MavenSession session = new MavenSession(
                null, new DefaultRepositorySystemSession(), request, new DefaultMavenExecutionResult());
        Model model = new Model();
        model.setProperties(pom);
        MavenProject project = new MavenProject(model);
        project.setFile(Path.of("pom.xml").toAbsolutePath().toFile());
        session.setProjects(List.of(project));
        return session;
    }

    /** As Maven's decrypter answers when it is asked for all. */
    private record Decrypted() implements SettingsDecryptionResult {
        @Override
        public Server getServer() {
            throw new UnsupportedOperationException("all were asked for");
        }

        @Override
        public List<Server> getServers() {
            Server server = new Server();
            server.setPassword("pa55");
            server.setPassphrase("fr4se");
            return List.of(server, new Server());
        }

        @Override
        public Proxy getProxy() {
            throw new UnsupportedOperationException("all were asked for");
        }

        @Override
        public List<Proxy> getProxies() {
            Proxy proxy = new Proxy();
            proxy.setPassword("pr0xy");
            return List.of(proxy);
        }

        @Override
        public List<SettingsProblem> getProblems() {
            return List.of();
        }
    }
}
