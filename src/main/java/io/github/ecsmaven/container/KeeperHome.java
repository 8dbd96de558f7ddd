package io.github.ecsmaven.container;

import io.github.ecsmaven.EngineAddress;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The keeper's own home folder. Testcontainers reads and writes {@code ~/.testcontainers.properties}: here it finds a copy of
 * the user's, and the user's own file is never written. Docker's settings (certificates, logins) are reached through a link.
 */
final class KeeperHome {
    /** The system property with the user's home. */
    static final String PROPERTY = "ecs.keeper.home";

    private static final String FILE = ".testcontainers.properties";

    private final Path home;
    private final Properties settings;

    KeeperHome(Path home, Path userHome) throws IOException {
        this.home = home;
        Files.createDirectories(home);
        settings = EngineAddress.testcontainersSettings(userHome);
        linkDocker(userHome.resolve(".docker"));
    }

    private void linkDocker(Path docker) {
        Path link = home.resolve(".docker");
        if (Files.isDirectory(docker) && !Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
            try {
                Files.createSymbolicLink(link, docker);
            } catch (IOException | UnsupportedOperationException e) {
                // No links here (Windows): certificates and logins in the default place are not found then.
            }
        }
    }

    /** Writes the copy that Testcontainers will read; to be called before its first class is loaded. */
    void write(String engineAddress) throws IOException {
        settings.setProperty("docker.host", engineAddress);
        settings.setProperty(
                "docker.client.strategy",
                "org.testcontainers.dockerclient.EnvironmentAndSystemPropertyClientProviderStrategy");
        try (Writer writer = Files.newBufferedWriter(home.resolve(FILE))) {
            settings.store(writer, null);
        }
    }
}
