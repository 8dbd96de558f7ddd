package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.verdict.Arns;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.DeploymentController;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceField;

/** Finds the service, or says which names there are. */
final class FindService {
    private static final int MOST_NAMES = 500;

    private final EcsClient ecs;
    private final String cluster;
    private final String service;
    private final Absence absence;

    /** What a missing service, or cluster, leads to. */
    enum Absence {
        /** An error that offers the nearest names. */
        REFUSED,
        /** There is nothing to do; a missing cluster is an error. */
        PASSED_OVER,
        /** The service is created; a missing cluster is an error. */
        CREATED,
        /** Both are created. */
        CREATED_WITH_CLUSTER
    }

    FindService(EcsClient ecs, String cluster, String service, Absence absence) {
        this.ecs = ecs;
        this.cluster = cluster;
        this.service = service;
        this.absence = absence;
    }

    /**
     * The active service; empty when it, or its cluster, does not exist and may be created.
     *
     * @throws Problem when it is missing and may not be created, or is deployed by neither ECS nor CodeDeploy
     */
    Optional<Service> run() {
        Optional<Service> found = describe();
        boolean active = found.map(s -> "ACTIVE".equals(s.status())).orElse(false);
        if (!active) {
            if (absence != Absence.REFUSED && !draining(found)) {
                return Optional.empty();
            }
            throw missing(found);
        }
        DeploymentController controller = found.orElseThrow().deploymentController();
        if (controller != null && controller.type() == DeploymentControllerType.EXTERNAL) {
            throw external();
        }
        return found;
    }

    private Problem external() {
        return Problem.ofProject(
                "The service '" + service + "' in cluster '" + Arns.name(cluster)
                        + "' is deployed by EXTERNAL, not by ECS itself.",
                "deploy it through the tool that makes its task sets, or create the service again with the deployment controller ECS.");
    }

    private static boolean draining(Optional<Service> found) {
        return found.map(s -> "DRAINING".equals(s.status())).orElse(false);
    }

    private Optional<Service> describe() {
        try {
            return ecs
                    .describeServices(
                            ask -> ask.cluster(cluster).services(service).include(ServiceField.TAGS))
                    .services()
                    .stream()
                    .findFirst();
        } catch (ClusterNotFoundException noCluster) {
            if (absence == Absence.CREATED_WITH_CLUSTER) {
                return Optional.empty();
            }
            throw noCluster();
        } catch (SdkException refused) {
            throw EcsCalls.problem("describe service '" + service + "'", refused);
        }
    }

    private Problem noCluster() {
        List<String> known = OfferNames.known(() -> ecs.listClustersPaginator().clusterArns().stream()
                .limit(MOST_NAMES)
                .map(Arns::name)
                .toList());
        return Problem.ofProject(
                "There is no ECS cluster '" + Arns.name(cluster) + "' in this account in "
                        + ecs.serviceClientConfiguration().region() + ".",
                OfferNames.evidence("clusters", Arns.name(cluster), known),
                "correct ecs.cluster, or ecs.region and ecs.profile if it is elsewhere.");
    }

    private Problem missing(Optional<Service> found) {
        String where = "' in cluster '" + Arns.name(cluster) + "'";
        if (found.isPresent()) {
            return Problem.ofProject(
                    "The service '" + service + where + " is " + found.get().status() + ", not ACTIVE.",
                    "create the service again, or correct ecs.service.");
        }
        List<String> known = OfferNames.known(
                () -> ecs.listServicesPaginator(ask -> ask.cluster(cluster).maxResults(100)).serviceArns().stream()
                        .limit(MOST_NAMES)
                        .map(Arns::name)
                        .toList());
        return Problem.ofProject(
                "There is no ECS service '" + service + where + " in "
                        + ecs.serviceClientConfiguration().region() + ".",
                OfferNames.evidence("services", service, known),
                "correct ecs.service, ecs.cluster or ecs.region, or create the service first (src/main/ecs/service.json lets the build do it).");
    }
}
