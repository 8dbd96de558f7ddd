package io.github.ecsmaven.ecr;

import io.github.ecsmaven.Problem;
import software.amazon.awssdk.services.ecr.EcrClient;

/** Looks before a build whether the repository that it will push to is there. Changes nothing. */
public final class CheckRepository {
    private final EcrClient ecr;

    public CheckRepository(EcrClient ecr) {
        this.ecr = ecr;
    }

    /**
     * @param repository name
     * @param createRepository whether the push creates it when it is missing
     * @return {@code registry/repository}
     * @throws Problem when it is missing and not to be created
     */
    public String run(String repository, boolean createRepository) {
        EcrRepository found = new EcrRepository(ecr, repository);
        return found.uri().orElseGet(() -> {
            if (!createRepository) {
                throw found.missing();
            }
            return found.registry() + "/" + repository;
        });
    }
}
