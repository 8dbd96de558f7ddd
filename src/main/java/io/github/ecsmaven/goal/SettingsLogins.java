package io.github.ecsmaven.goal;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.registry.RegistryAliasGroup;
import io.github.ecsmaven.Problem;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;

/**
 * The logins in the {@code <server>} elements of Maven's settings; a server's id is the registry's host, with its port. Docker
 * Hub's may be any of its names, as with Jib and {@code docker login}: {@code docker.io}, {@code index.docker.io} and so on.
 */
final class SettingsLogins {
    private final Settings settings;
    private final SettingsDecrypter decrypter;

    SettingsLogins(Settings settings, SettingsDecrypter decrypter) {
        this.settings = settings;
        this.decrypter = decrypter;
    }

    /**
     * Empty when no server has this id, or it has no user.
     *
     * @throws Problem when the password can't be decrypted
     */
    Optional<Credential> of(String registry) {
        return RegistryAliasGroup.getAliasesGroup(registry).stream()
                .map(settings::getServer)
                .filter(Objects::nonNull)
                .findFirst()
                .filter(server -> OptionText.text(server.getUsername()).isPresent())
                .map(this::decrypted)
                .filter(server -> server.getPassword() != null)
                .map(server -> Credential.from(server.getUsername(), server.getPassword()));
    }

    private Server decrypted(Server server) {
        SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(server));
        List<String> errors = result.getProblems().stream()
                .filter(problem -> problem.getSeverity() != SettingsProblem.Severity.WARNING)
                .map(SettingsProblem::getMessage)
                .toList();
        if (!errors.isEmpty()) {
            throw Problem.ofProject(
                    "The password of the server '" + server.getId() + "' in settings.xml can't be decrypted.",
                    errors,
                    "check the master password in ~/.m2/settings-security.xml, or encrypt the password anew with"
                            + " mvn --encrypt-password (Maven 4: mvnenc encrypt).");
        }
        return result.getServer();
    }
}
