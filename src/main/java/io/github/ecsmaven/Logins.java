package io.github.ecsmaven;

import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import java.util.List;
import java.util.Optional;

/** Where the login to an image's registry may be found. */
@FunctionalInterface
public interface Logins {
    /** In the order in which they are asked. */
    List<CredentialRetriever> of(ImageReference image);

    /**
     * More of them, dearer to ask for, worth it once a registry has asked a caller without a login to call less often.
     *
     * @param host of the registry
     * @return empty when there are no others
     */
    default Optional<Logins> whenBusy(String host) {
        return Optional.empty();
    }
}
