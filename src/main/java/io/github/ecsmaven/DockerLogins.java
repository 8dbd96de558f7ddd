package io.github.ecsmaven;

import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import java.util.List;

/** The logins of {@code docker login} and of the credential helpers that Jib knows by the registry's name. */
public final class DockerLogins {
    private DockerLogins() {}

    /** In the order in which they are asked. */
    public static List<CredentialRetriever> of(ImageReference image) {
        CredentialRetrieverFactory factory = CredentialRetrieverFactory.forImage(image, event -> {});
        return List.of(factory.dockerConfig(), factory.wellKnownCredentialHelpers());
    }
}
