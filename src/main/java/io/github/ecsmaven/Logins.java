package io.github.ecsmaven;

import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import java.util.List;

/** Where the login to an image's registry may be found. */
@FunctionalInterface
public interface Logins {
    /** In the order in which they are asked. */
    List<CredentialRetriever> of(ImageReference image);
}
