package io.github.ecsmaven.ci;

import java.util.Optional;

/** What a pipeline takes from the variables of its CI. */
final class AwsVariables {
    private AwsVariables() {}

    /** Those that a person has to set there. */
    static String toSet(ProjectFacts project) {
        return project.region().isPresent()
                ? "AWS_ROLE_UAT and AWS_ROLE_PRODUCTION"
                : "AWS_ROLE_UAT, AWS_ROLE_PRODUCTION and AWS_REGION";
    }

    /** A command of a list, where the project says the region; the SDK reads no other variable. */
    static String exportRegion(Optional<String> region) {
        return region.map(name -> "- export AWS_REGION=" + name).orElse("");
    }
}
