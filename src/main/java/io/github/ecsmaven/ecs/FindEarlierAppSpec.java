package io.github.ecsmaven.ecs;

import io.github.ecsmaven.aws.AwsProblems;
import io.github.ecsmaven.ecs.definition.AppSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;

/** Finds what a service ran before: the AppSpecs of its group's deployments that succeeded, with their hooks. */
final class FindEarlierAppSpec {
    /** The AppSpecs of so many deployments are looked at. */
    private static final int MOST = 10;

    /** BatchGetDeployments takes so many (API reference). */
    private static final int AT_ONCE = 25;

    private static final String PERMISSIONS =
            "codedeploy:ListDeployments, codedeploy:BatchGetDeployments and codedeploy:GetApplicationRevision";

    private final CodeDeployClient codeDeploy;
    private final DeploymentGroup group;
    private final RolloutLog log;

    FindEarlierAppSpec(CodeDeployClient codeDeploy, DeploymentGroup group, RolloutLog log) {
        this.codeDeploy = codeDeploy;
        this.group = group;
        this.log = log;
    }

    /** An AppSpec, and the ARN of the task definition that it names. */
    record Earlier(AppSpec spec, String taskDefinition) {}

    /**
     * The newest.
     *
     * @param wanted which task definition
     * @return empty also when the history may not be read
     */
    Optional<Earlier> run(Predicate<String> wanted) {
        try {
            return succeeded().stream()
                    .sorted(Comparator.comparing(DeploymentInfo::createTime).reversed())
                    .limit(MOST)
                    .map(this::of)
                    .flatMap(Optional::stream)
                    .filter(earlier -> wanted.test(earlier.taskDefinition()))
                    .findFirst();
        } catch (SdkException notReadable) {
            log.warning("Without " + PERMISSIONS
                    + " it is not known which AppSpec brought an earlier version, with which hooks ("
                    + AwsProblems.code(notReadable) + ").");
            return Optional.empty();
        }
    }

    /** ListDeployments promises no order (API reference). */
    private List<DeploymentInfo> succeeded() {
        List<String> ids = codeDeploy
                .listDeploymentsPaginator(ask -> ask.applicationName(group.application())
                        .deploymentGroupName(group.name())
                        .includeOnlyStatuses(DeploymentStatus.SUCCEEDED))
                .deployments()
                .stream()
                .toList();
        List<DeploymentInfo> found = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
            found.addAll(codeDeploy
                    .batchGetDeployments(ask -> ask.deploymentIds(some))
                    .deploymentsInfo());
        }
        return found;
    }

    /** A deployment names its AppSpec, and does not give it back (API reference). */
    private Optional<Earlier> of(DeploymentInfo deployment) {
        RevisionLocation revision = deployment.revision();
        if (revision == null || revision.appSpecContent() == null) {
            return Optional.empty();
        }
        RevisionLocation whole = codeDeploy
                .getApplicationRevision(ask -> ask.applicationName(group.application())
                        .revision(RevisionLocation.builder()
                                .revisionType(revision.revisionType())
                                .appSpecContent(one ->
                                        one.sha256(revision.appSpecContent().sha256()))
                                .build()))
                .revision();
        AppSpec spec = new AppSpec(ReadObservation.text(whole.appSpecContent().content()));
        return Optional.of(new Earlier(spec, spec.taskDefinition(deployment.deploymentId())));
    }
}
