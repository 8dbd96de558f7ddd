package io.github.ecsmaven.ecr;

import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import java.util.List;

/**
 * Where a push goes.
 *
 * @param image registry and repository
 * @param credentials asked in order
 */
record PushTarget(ImageReference image, List<CredentialRetriever> credentials) {
    PushTarget {
        credentials = List.copyOf(credentials);
    }

    /** True for a registry on this machine, the only one that may speak plain HTTP. */
    boolean isLoopback() {
        String host = image.getRegistry().replaceFirst(":\\d+$", "");
        return host.equals("localhost") || host.matches("127(\\.\\d{1,3}){3}") || host.equals("[::1]");
    }
}
