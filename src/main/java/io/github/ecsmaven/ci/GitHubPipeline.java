package io.github.ecsmaven.ci;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * {@code .github/workflows/deploy.yml}. The stages up to the integration tests are steps of one job, as each job is another machine; a
 * deploy is a job, as only a job has an environment and rights of its own.
 */
final class GitHubPipeline implements Pipeline {
    @Override
    public List<PipelineFile> files(ProjectFacts project) {
        Template template = new Template("deploy.yml", project)
                .withFrontEnds("", "/")
                .with("secrets", secrets(project))
                .with("region", region(project.region()))
                .with("production-region", region(project.productionRegion()))
                .with(
                        "no-wrapper",
                        project.hasWrapper() ? "" : "# The runner's own Maven is used; mvn wrapper:wrapper pins one.");
        return List.of(new PipelineFile(".github/workflows/deploy.yml", template.fill()));
    }

    @Override
    public List<String> setUp(ProjectFacts project) {
        return NotificationSecrets.toSet(
                project,
                List.of(
                        "the environments 'uat' and 'production', the latter with required reviewers: without them nobody is asked",
                        "the variables " + AwsVariables.toSet(project)
                                + ", and in AWS the OIDC provider that the roles trust"),
                UnaryOperator.identity(),
                names -> "the secrets of the notifications: " + names);
    }

    /** Of a step that calls Maven, and of no other. */
    private static String secrets(ProjectFacts project) {
        return NotificationSecrets.block(project, "env:\n", name -> "  " + name + ": ${{ secrets." + name + " }}", "");
    }

    private static String region(Optional<String> region) {
        return region.orElse("${{ vars.AWS_REGION }}");
    }
}
