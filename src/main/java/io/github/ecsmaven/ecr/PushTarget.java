package io.github.ecsmaven.ecr;

import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import java.util.List;

/**
 * Where a push goes.
 *
 * @param image registry and repository
 * @param credentials asked in order, anew in each try
 */
record PushTarget(ImageReference image, List<CredentialRetriever> credentials) {
    PushTarget {
        credentials = List.copyOf(credentials);
    }

    /** {@code registry/repository}. */
    String name() {
        return image.getRegistry() + "/" + image.getRepository();
    }
}
