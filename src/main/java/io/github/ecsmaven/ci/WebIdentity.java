package io.github.ecsmaven.ci;

import java.util.Optional;

/** Where a CI only hands over a token: the AWS SDK reads it from a file. */
final class WebIdentity {
    private WebIdentity() {}

    /** A command of the job; empty where a variable of the CI says the region. */
    static String exportRegion(Optional<String> region) {
        return region.map(name -> "- export AWS_REGION=" + name).orElse("");
    }
}
