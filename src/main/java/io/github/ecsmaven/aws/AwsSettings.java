package io.github.ecsmaven.aws;

import java.net.URI;
import java.util.Optional;

/**
 * Where AWS is and as whom it is called; what is empty is left to the AWS SDK's own chain.
 *
 * @param region {@code ecs.region}
 * @param profile {@code ecs.profile}
 * @param roleArn {@code ecs.roleArn}, assumed through STS
 * @param endpoint {@code ecs.endpoint}, for every AWS service
 * @param fixed credentials of the sandbox; with them no chain is asked, and endpoint and region must be given
 */
public record AwsSettings(
        Optional<String> region,
        Optional<String> profile,
        Optional<String> roleArn,
        Optional<URI> endpoint,
        Optional<FixedCredentials> fixed) {

    /** The sandbox's own credentials. */
    public record FixedCredentials(String accessKeyId, String secretAccessKey) {
        @Override
        public String toString() {
            return "FixedCredentials[" + accessKeyId + "]";
        }
    }
}
