package io.github.ecsmaven.ci;

import java.util.List;
import java.util.function.UnaryOperator;

/** {@code bitbucket-pipelines.yml}: a step a stage, each with a container of its own. */
final class BitbucketPipeline implements Pipeline {
    @Override
    public List<PipelineFile> files(ProjectFacts project) {
        Template template = new Template("bitbucket-pipelines.yml", project)
                .withFrontEnds("- ", "/**")
                .with("image", ContainerImage.of(project))
                .with("no-wrapper", project.hasWrapper() ? "" : "# Maven is the image's; mvn wrapper:wrapper pins one.")
                .with("region", AwsVariables.exportRegion(project.region()))
                .with("production-region", AwsVariables.exportRegion(project.productionRegion()));
        return List.of(new PipelineFile("bitbucket-pipelines.yml", template.fill()));
    }

    @Override
    public List<String> setUp(ProjectFacts project) {
        return NotificationSecrets.toSet(
                project,
                List.of(
                        "Pipelines switched on, with the repository variables " + AwsVariables.toSet(project),
                        "in AWS the OIDC provider of the workspace that the roles trust (Repository settings, OpenID Connect)"),
                UnaryOperator.identity(),
                names -> "the repository variables of the notifications, secured: " + names);
    }
}
