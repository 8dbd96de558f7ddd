package io.github.ecsmaven;

import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The logins of {@code docker login} and of the credential helpers that Jib knows by the registry's name. */
public final class DockerLogins {
    private DockerLogins() {}

    /** Those of the user's home, in the order in which they are asked. */
    public static List<CredentialRetriever> of(ImageReference image) {
        return of(image, Map.of());
    }

    /**
     * In the order in which they are asked.
     *
     * @param environment in which {@code DOCKER_CONFIG} may name the folder of config.json, as for the docker command
     */
    public static List<CredentialRetriever> of(ImageReference image, Map<String, String> environment) {
        CredentialRetrieverFactory factory = CredentialRetrieverFactory.forImage(image, event -> {});
        CredentialRetriever config = Optional.ofNullable(environment.get("DOCKER_CONFIG"))
                .filter(folder -> !folder.isBlank())
                .map(folder -> factory.dockerConfig(Path.of(folder, "config.json")))
                .orElseGet(factory::dockerConfig);
        return List.of(config, factory.wellKnownCredentialHelpers());
    }
}
