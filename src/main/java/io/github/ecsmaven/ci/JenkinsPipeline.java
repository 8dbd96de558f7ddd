package io.github.ecsmaven.ci;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code Jenkinsfile}, a declarative pipeline. Its agents bring JDK and Docker, so that it fits static and ephemeral ones. */
final class JenkinsPipeline implements Pipeline {
    @Override
    public List<PipelineFile> files(ProjectFacts project) {
        Template template = new Template("Jenkinsfile", project)
                .with("needs", needs(project))
                .with("secrets", secrets(project))
                .with("stashed", stashed(project))
                .with("trigger", isOnGitHub(project) ? "githubPush()" : "pollSCM('')")
                .with("mail-to", mailTo(project));
        return List.of(new PipelineFile("Jenkinsfile", template.fill()));
    }

    @Override
    public List<String> setUp(ProjectFacts project) {
        String hook =
                isOnGitHub(project) ? "https://JENKINS/github-webhook/" : "https://JENKINS/git/notifyCommit?url=…";
        return NotificationSecrets.toSet(
                project,
                List.of(
                        "a Pipeline or Multibranch Pipeline job of this repository, and in the repository a webhook to "
                                + hook,
                        "agents with " + needs(project) + " and the AWS role that deploys"),
                UnaryOperator.identity(),
                names -> "credentials of the kind 'Secret text' for the notifications, with these ids: " + names);
    }

    private static String secrets(ProjectFacts project) {
        return NotificationSecrets.block(
                project, "environment {\n", name -> "    " + name + " = credentials('" + name + "')", "\n}");
    }

    private static String needs(ProjectFacts project) {
        return "a JDK " + project.java() + (project.hasWrapper() ? "" : ", Maven 3.9") + " and a Docker engine";
    }

    private static String stashed(ProjectFacts project) {
        return Stream.concat(
                        Stream.of("**/target/**"),
                        project.besideTarget().stream().map(folder -> folder + "/**"))
                .collect(Collectors.joining(", "));
    }

    private static boolean isOnGitHub(ProjectFacts project) {
        return project.host().filter("github.com"::equals).isPresent();
    }

    private static String mailTo(ProjectFacts project) {
        return project.mail().isEmpty()
                ? "env.COMMIT_AUTHOR"
                : project.mail().stream().collect(Collectors.joining(", ", "'", "'"));
    }
}
