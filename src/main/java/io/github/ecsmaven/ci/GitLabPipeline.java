package io.github.ecsmaven.ci;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** {@code .gitlab-ci.yml}: a job a stage, as only jobs have a time and a state of their own there. */
final class GitLabPipeline implements Pipeline {
    private static final Set<String> ELSEWHERE = Set.of("github.com", "bitbucket.org");

    @Override
    public List<PipelineFile> files(ProjectFacts project) {
        Template template = new Template("gitlab-ci.yml", project)
                .withFrontEnds("- ", "/")
                .with("image", ContainerImage.of(project))
                .with("docker", ContainerImage.ofDocker())
                .with("audience", audience(project))
                .with("no-wrapper", project.hasWrapper() ? "" : "# Maven is the image's; mvn wrapper:wrapper pins one.")
                .with("region", AwsVariables.exportRegion(project.region()))
                .with("production-region", AwsVariables.exportRegion(project.productionRegion()));
        return List.of(new PipelineFile(".gitlab-ci.yml", template.fill()));
    }

    @Override
    public List<String> setUp(ProjectFacts project) {
        return NotificationSecrets.toSet(
                project,
                List.of(
                        "the CI/CD variables " + AwsVariables.toSet(project) + ", and in AWS the OIDC provider "
                                + audience(project) + " that the roles trust",
                        "a runner with Docker, and who may start the job 'promote-production': a protected environment or branch"),
                UnaryOperator.identity(),
                names -> "the CI/CD variables of the notifications, masked: " + names);
    }

    /** The instance's own address, as IAM's provider has it; a project that is mirrored there lies elsewhere. */
    private static String audience(ProjectFacts project) {
        return "https://"
                + project.host().filter(host -> !ELSEWHERE.contains(host)).orElse("gitlab.com");
    }
}
