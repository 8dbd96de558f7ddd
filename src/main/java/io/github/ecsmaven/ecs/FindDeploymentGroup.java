package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.definition.Wanted;
import io.github.ecsmaven.ecs.verdict.Arns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.ApplicationDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.ComputePlatform;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskSet;

/** Finds the deployment group that owns a service, or says which names there are. */
final class FindDeploymentGroup {
    /** So much of a cluster's and of a service's name is in the names that AWS's console and CLI give. */
    private static final int LONGEST = 46;

    private final CodeDeployClient codeDeploy;
    private final Wanted.CodeDeploy wanted;

    FindDeploymentGroup(CodeDeployClient codeDeploy, Wanted.CodeDeploy wanted) {
        this.codeDeploy = codeDeploy;
        this.wanted = wanted;
    }

    private record Names(String application, String group) {}

    /** @throws Problem when there is none, or it is another service's */
    DeploymentGroup run(Service service) {
        Names names = names(service);
        DeploymentGroupInfo found = describe(names)
                .or(() ->
                        isNamed() ? Optional.empty() : ofLastDeployment(service).flatMap(this::describe))
                .orElseThrow(() -> missing(names, service));
        check(found, service);
        return DeploymentGroup.of(found);
    }

    private boolean isNamed() {
        return wanted.application().isPresent() && wanted.deploymentGroup().isPresent();
    }

    private Names names(Service service) {
        String suffix = cut(Arns.name(service.clusterArn())) + "-" + cut(service.serviceName());
        return new Names(
                wanted.application().orElse("AppECS-" + suffix),
                wanted.deploymentGroup().orElse("DgpECS-" + suffix));
    }

    private static String cut(String name) {
        return name.substring(0, Math.min(LONGEST, name.length()));
    }

    private Optional<DeploymentGroupInfo> describe(Names names) {
        try {
            return Optional.of(codeDeploy
                    .getDeploymentGroup(
                            ask -> ask.applicationName(names.application()).deploymentGroupName(names.group()))
                    .deploymentGroupInfo());
        } catch (ApplicationDoesNotExistException | DeploymentGroupDoesNotExistException none) {
            return Optional.empty();
        } catch (SdkException refused) {
            throw EcsCalls.problem("read CodeDeploy's deployment group '" + names.group() + "'", refused);
        }
    }

    /** Whoever made the task set that serves knows the names. */
    private Optional<Names> ofLastDeployment(Service service) {
        return TaskSets.primary(service).map(TaskSet::externalId).flatMap(id -> {
            try {
                DeploymentInfo last =
                        codeDeploy.getDeployment(ask -> ask.deploymentId(id)).deploymentInfo();
                return Optional.of(new Names(
                        wanted.application().orElse(last.applicationName()),
                        wanted.deploymentGroup().orElse(last.deploymentGroupName())));
            } catch (SdkException unknown) {
                // The names are then the user's to say.
                return Optional.empty();
            }
        });
    }

    private static void check(DeploymentGroupInfo found, Service service) {
        String name = "The deployment group '" + found.deploymentGroupName() + "'";
        if (found.computePlatform() != ComputePlatform.ECS) {
            throw Problem.ofProject(
                    name + " deploys to " + found.computePlatformAsString() + ", not to ECS.",
                    "correct ecs.codeDeploy.application and ecs.codeDeploy.deploymentGroup.");
        }
        boolean owns = found.ecsServices().stream()
                .anyMatch(one -> Arns.name(one.serviceName()).equals(service.serviceName())
                        && Arns.name(one.clusterName()).equals(Arns.name(service.clusterArn())));
        if (!owns) {
            throw Problem.ofProject(
                    name + " does not deploy the service '" + service.serviceName() + "' in cluster '"
                            + Arns.name(service.clusterArn()) + "'.",
                    found.ecsServices().stream()
                            .map(one -> "It deploys " + Arns.name(one.serviceName()) + " in "
                                    + Arns.name(one.clusterName()) + ".")
                            .toList(),
                    "correct ecs.codeDeploy.deploymentGroup, or ecs.service and ecs.cluster.");
        }
    }

    private Problem missing(Names names, Service service) {
        List<String> evidence = new ArrayList<>();
        List<String> groups = OfferNames.known(() -> codeDeploy
                .listDeploymentGroups(ask -> ask.applicationName(names.application()))
                .deploymentGroups());
        if (groups.isEmpty()) {
            evidence.addAll(OfferNames.evidence("applications", names.application(), OfferNames.known(() -> codeDeploy
                    .listApplications()
                    .applications())));
        } else {
            evidence.addAll(OfferNames.evidence("deployment groups", names.group(), groups));
        }
        return Problem.ofProject(
                "CodeDeploy deploys the service '" + service.serviceName() + "', but has no deployment group '"
                        + names.group() + "' in an application '" + names.application() + "'.",
                evidence,
                "name them: ecs.codeDeploy.application and ecs.codeDeploy.deploymentGroup.");
    }
}
