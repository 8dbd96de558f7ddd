package io.github.ecsmaven.ecs;

import io.github.ecsmaven.aws.AwsProblems;
import io.github.ecsmaven.ecs.definition.AppSpec;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;

/** Finds what a service ran before: the AppSpecs of its group's deployments that succeeded, with their hooks. */
final class FindEarlierAppSpec {
    /** So many deployments are looked at. */
    private static final int MOST = 10;

    private static final String PERMISSIONS = "codedeploy:ListDeployments and codedeploy:GetApplicationRevision";

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
            return codeDeploy
                    .listDeployments(ask -> ask.applicationName(group.application())
                            .deploymentGroupName(group.name())
                            .includeOnlyStatuses(DeploymentStatus.SUCCEEDED))
                    .deployments()
                    .stream()
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

    /** GetDeployment does not give the content back (API reference). */
    private Optional<Earlier> of(String id) {
        RevisionLocation revision = codeDeploy
                .getDeployment(ask -> ask.deploymentId(id))
                .deploymentInfo()
                .revision();
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
        return Optional.of(new Earlier(spec, spec.taskDefinition(id)));
    }
}
