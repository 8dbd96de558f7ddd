package io.github.ecsmaven.ci;

import java.util.List;
import java.util.Optional;

/**
 * {@code buildspec.yml} and {@code buildspec-production.yml}: two build projects of a pipeline of CodePipeline, whose manual approval
 * stands between them. A buildspec alone can't wait for anybody.
 */
final class CodeBuildPipeline implements Pipeline {
    private static final String EXECUTABLE = """
            # A source that comes as a ZIP file may have lost it.
            - chmod +x mvnw""";

    @Override
    public List<PipelineFile> files(ProjectFacts project) {
        return List.of(
                new PipelineFile("buildspec.yml", fill("buildspec.yml", project, project.region())),
                new PipelineFile(
                        "buildspec-production.yml",
                        fill("buildspec-production.yml", project, project.productionRegion())));
    }

    @Override
    public List<String> setUp(ProjectFacts project) {
        return NotificationSecrets.toSet(
                project,
                List.of(
                        "a pipeline of CodePipeline: this repository (branch " + project.branch()
                                + "), a build with buildspec.yml, a manual approval, a build with buildspec-production.yml",
                        "both build projects with a role that deploys, the first one with privileged mode for Docker"),
                name -> parameter(project, name),
                names -> "parameters of Systems Manager with the secrets of the notifications: " + names
                        + ", which both roles may read");
    }

    private static String parameter(ProjectFacts project, String name) {
        return "/" + project.name() + "/" + name;
    }

    private static String secrets(ProjectFacts project) {
        return NotificationSecrets.block(
                project, "env:\n  parameter-store:\n", name -> "    " + name + ": " + parameter(project, name), "");
    }

    private static String fill(String resource, ProjectFacts project, Optional<String> region) {
        return new Template(resource, project)
                .with("secrets", secrets(project))
                .with("region", AwsVariables.exportRegion(region))
                .with("executable", project.maven().equals("./mvnw") ? EXECUTABLE : "")
                .with("no-wrapper", project.hasWrapper() ? "" : "# Maven is the image's; mvn wrapper:wrapper pins one.")
                .fill();
    }
}
