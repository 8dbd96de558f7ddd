package io.github.ecsmaven.ecr;

import io.github.ecsmaven.Problem;
import java.util.Optional;
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
     * @param scanned whether the push waits for ECR's scan
     * @return {@code registry/repository}
     * @throws Problem when it is missing and not to be created, or its scans may not be read
     */
    public String run(String repository, boolean createRepository, boolean scanned) {
        EcrRepository found = new EcrRepository(ecr, repository, ApiTries.NONE);
        Optional<String> uri = found.uri();
        if (uri.isEmpty() && !createRepository) {
            throw found.missing();
        }
        if (uri.isPresent() && scanned) {
            found.requireScansReadable();
        }
        return uri.orElseGet(() -> found.registry() + "/" + repository);
    }

    /**
     * The same for a target that {@code ecs.to.image} names.
     *
     * @param gate what is asked of a scan, which such a target can't have
     * @throws Problem when the push would fail for it
     */
    public static void requireUnscanned(String fullName, Optional<ScanGate> gate) {
        if (gate.map(ScanGate::unsupported).equals(Optional.of(ScanGate.Unsupported.FAIL))) {
            throw ScanImage.cannot(fullName, ScanImage.ELSEWHERE);
        }
    }
}
