package io.github.ecsmaven.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.pipelines.Document;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What stands in the generated files; that they run is seen in {@code e2e.PipelinesIT}. */
class PipelinesTest {
    private static final ProjectFacts.Contents SERVICE = new ProjectFacts.Contents(false, true, List.of(), false);

    private static final ProjectFacts ORDERS = new ProjectFacts(
            "orders",
            17,
            SERVICE,
            "./mvnw",
            Optional.of("git.example.com"),
            "trunk",
            Optional.empty(),
            "-Decs.cluster=prod",
            Optional.empty(),
            List.of(),
            List.of());

    private static final ProjectFacts KNOWN = new ProjectFacts(
            "orders",
            21,
            SERVICE,
            "mvn",
            Optional.of("github.com"),
            "trunk",
            Optional.of("eu-west-1"),
            "-Pprod",
            Optional.of("eu-central-1"),
            List.of("team@example.com", "ops@example.com"),
            List.of());

    @ParameterizedTest
    @EnumSource(CiProduct.class)
    void eachHasTheStagesInTheirOrderAndWithTheirCommands(CiProduct product) {
        for (ProjectFacts project : List.of(ORDERS, KNOWN)) {
            String text = text(product, project);
            int at = 0;
            for (Stage stage : Stage.values()) {
                int next = text.indexOf(stage.command(project), at);
                assertThat(next).as("%s in %s", stage, text).isPositive();
                at = next;
            }
            assertThat(text)
                    .doesNotContain("<<", ">>", "\t")
                    .doesNotContainPattern(" +\n")
                    .endsWith("\n");
        }
        assertThat(text(product, ORDERS)).contains("./mvnw -B -ntp ecs:push ecs:redeploy -Decs.cluster=prod");
        assertThat(text(product, KNOWN))
                .contains("mvn -B -ntp ecs:push ecs:redeploy -Pprod")
                .doesNotContain("mvnw");
        assertThat(product.pipeline().setUp(ORDERS)).isNotEmpty().allSatisfy(line -> assertThat(line)
                .isNotBlank());
    }

    /** CodeBuild's own pipeline decides on the branch. */
    @ParameterizedTest
    @EnumSource(value = CiProduct.class, mode = EnumSource.Mode.EXCLUDE, names = "CODEBUILD")
    void eachDeploysOneBranch(CiProduct product) {
        assertThat(text(product, ORDERS)).contains("trunk").doesNotContain("main'", "/main", "\"main\"");
    }

    @ParameterizedTest
    @EnumSource(value = CiProduct.class, mode = EnumSource.Mode.EXCLUDE, names = "JENKINS")
    void regionIsTheProjectsWhereItSaysOne(CiProduct product) {
        assertThat(text(product, KNOWN).lines().filter(line -> line.contains("eu-west-1")))
                .hasSize(1);
        assertThat(text(product, KNOWN).lines().filter(line -> line.contains("eu-central-1")))
                .hasSize(1);
        assertThat(text(product, KNOWN)).doesNotContain("vars.AWS_REGION");
    }

    @ParameterizedTest
    @EnumSource(CiProduct.class)
    void withoutAWrapperItIsSaidWhereMavenComesFrom(CiProduct product) {
        assertThat(text(product, KNOWN)).containsPattern("(?i)maven(:3.9| 3.9|'s| is)|own Maven");
        assertThat(text(product, ORDERS)).doesNotContain("wrapper:wrapper", "maven:3.9");
    }

    @Test
    void gitHubGivesRightsToTheJobsThatDeployAndRunsOneOfThemAtATime() {
        Document workflow = Document.of(text(CiProduct.GITHUB, ORDERS));
        Document jobs = workflow.map("jobs");

        assertThat(jobs.keys()).containsExactly("build", "uat", "production");
        assertThat(workflow.map("permissions").content().toString()).isEqualTo("{contents=read}");
        assertThat(jobs.map("build").has("permissions")).isFalse();
        assertThat(jobs.map("build").map("concurrency").content().toString())
                .as("a branch's pushes are deployed in their order")
                .isEqualTo("{group=build-${{ github.ref }}, cancel-in-progress=false}");
        for (String job : List.of("uat", "production")) {
            assertThat(jobs.map(job).map("permissions").content().toString())
                    .isEqualTo("{contents=read, id-token=write}");
            assertThat(jobs.map(job).text("environment")).isEqualTo(job);
            assertThat(jobs.map(job).map("concurrency").content().toString())
                    .isEqualTo("{group=" + job + ", cancel-in-progress=false}");
            List<String> steps = names(jobs.map(job));
            assertThat(steps.get(steps.indexOf("AWS credentials") + 1)).isIn("Deploy to UAT", "Promote to production");
        }
        assertThat(jobs.map("uat").text("needs")).isEqualTo("build");
        assertThat(jobs.map("uat").text("if")).isEqualTo("github.ref == 'refs/heads/trunk'");
        assertThat(jobs.map("production").text("needs")).isEqualTo("uat");
        assertThat(names(jobs.map("build")))
                .containsSubsequence(
                        "Checkout",
                        "Compile",
                        "Unit tests",
                        "Package",
                        "Integration tests",
                        "Publish test reports and stage view",
                        "Hand over what was tested");
        assertThat(jobs.map("build").maps("steps").get(0).map("with").text("fetch-depth"))
                .isEqualTo("0");
    }

    @Test
    void gitLabHandsOverFromJobToJobAndWaitsForAPerson() {
        Document file = Document.of(text(CiProduct.GITLAB, ORDERS));
        List<String> jobs =
                List.of("compile", "unit-tests", "package", "integration-tests", "deploy-uat", "promote-production");

        for (int at = 0; at < jobs.size(); at++) {
            Document job = file.map(jobs.get(at));
            assertThat(job.text("stage")).isEqualTo(file.texts("stages").get(at));
            assertThat(job.text("extends")).isEqualTo(".hand-over");
            assertThat(at == 0 ? List.of() : job.texts("needs"))
                    .isEqualTo(at == 0 ? List.of() : jobs.subList(at - 1, at));
        }
        Document artifacts = file.map(".hand-over").map("artifacts");
        assertThat(artifacts.text("when")).isEqualTo("always");
        assertThat(artifacts.text("expire_in")).isEqualTo("1 day");
        assertThat(artifacts.has("reports"))
                .as("a report counts in each job that publishes it")
                .isFalse();
        Map<String, String> reports = new LinkedHashMap<>();
        jobs.forEach(job -> file.map(job)
                .mapOrEmpty("artifacts")
                .mapOrEmpty("reports")
                .maybe("junit")
                .ifPresent(pattern -> reports.put(job, pattern)));
        assertThat(reports)
                .containsExactly(
                        Map.entry("unit-tests", "**/target/surefire-reports/TEST-*.xml"),
                        Map.entry("integration-tests", "**/target/failsafe-reports/TEST-*.xml"),
                        Map.entry("deploy-uat", "target/ecs/junit-stages.xml"));
        assertThat(file.map("promote-production").maps("rules").get(0).content().toString())
                .isEqualTo("{if=$CI_COMMIT_BRANCH == \"trunk\", when=manual, allow_failure=true}");
        assertThat(file.map("deploy-uat").map("id_tokens").map("AWS_ID_TOKEN").text("aud"))
                .isEqualTo("https://git.example.com");
        assertThat(text(CiProduct.GITLAB, KNOWN)).as("mirrored from GitHub").contains("aud: https://gitlab.com\n");
        assertThat(file.map("deploy-uat").text("resource_group")).isEqualTo("uat");
        assertThat(file.map("promote-production").text("resource_group")).isEqualTo("production");
        assertThat(file.map("integration-tests").map("cache").text("policy")).isEqualTo("pull-push");
        Document engine = file.map("integration-tests").maps("services").get(0);
        assertThat(engine.text("alias")).isEqualTo("docker");
        assertThat(engine.texts("command")).as("an engine that starts at once").containsExactly("--tls=false");
    }

    @Test
    void bitbucketTestsEveryBranchAndDeploysOne() {
        Document file = Document.of(text(CiProduct.BITBUCKET, ORDERS));

        assertThat(steps(file.map("pipelines").maps("default")))
                .containsExactly("Compile", "Unit tests", "Package", "Integration tests");
        List<Document> deployed = file.map("pipelines").map("branches").maps("trunk");
        assertThat(steps(deployed))
                .containsExactly(
                        "Compile",
                        "Unit tests",
                        "Package",
                        "Integration tests",
                        "Deploy to UAT",
                        "Promote to production");
        Document production = deployed.get(5).map("step");
        assertThat(production.text("trigger")).isEqualTo("manual");
        assertThat(production.text("deployment")).isEqualTo("production");
        assertThat(production.text("oidc")).isEqualTo("true");
        assertThat(deployed.get(3).map("step").texts("services")).containsExactly("docker");
    }

    @Test
    void codeBuildDeploysOnlyAfterAGoodBuildAndPutsOutWhatIsPromoted() {
        Document build = Document.of(files(CiProduct.CODEBUILD, ORDERS).get(0).text());
        Document promotion =
                Document.of(files(CiProduct.CODEBUILD, ORDERS).get(1).text());

        assertThat(build.map("phases").map("pre_build").texts("commands"))
                .containsExactly("chmod +x mvnw", Stage.COMPILE.command(ORDERS));
        assertThat(build.map("phases").map("post_build").texts("commands"))
                .startsWith("test \"$CODEBUILD_BUILD_SUCCEEDING\" = 1", Stage.UAT.command(ORDERS));
        assertThat(text(CiProduct.CODEBUILD, KNOWN)).doesNotContain("chmod");
        assertThat(build.map("phases").map("build").texts("commands"))
                .containsExactly(
                        Stage.UNIT_TESTS.command(ORDERS),
                        Stage.PACKAGE.command(ORDERS),
                        Stage.INTEGRATION_TESTS.command(ORDERS));
        assertThat(build.map("artifacts").texts("files")).containsExactly("promotion.tar", "buildspec-production.yml");
        assertThat(promotion.map("phases").map("build").texts("commands"))
                .containsExactly("tar -xf promotion.tar", "rm promotion.tar", Stage.PRODUCTION.command(ORDERS));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "false | true  |          | -Decs.cluster=prod | ecs:push ecs:redeploy -Decs.cluster=prod",
                "true  | true  |          | -Decs.cluster=prod | package ecs:push ecs:redeploy -Decs.resume -Decs.cluster=prod",
                "true  | true  | web/dist | -Decs.cluster=prod | package ecs:push ecs:redeploy -Decs.resume -Decs.cluster=prod",
                "true  | true  | web/dist | -Pprod             | package ecs:push ecs:redeploy ecs:upload -Decs.resume -Pprod",
                "false | false | dist     | -Pprod             | ecs:upload -Pprod",
            })
    void promotionIsOfWhatThereIsAndModulesFindEachOther(
            boolean reactor, boolean images, String frontEnd, String production, String command) {
        assertThat(Stage.PRODUCTION.command(project(
                        new ProjectFacts.Contents(
                                reactor,
                                images,
                                Stream.ofNullable(frontEnd).toList(),
                                frontEnd != null && production.startsWith("-P")),
                        production)))
                .isEqualTo("./mvnw -B -ntp " + command);
    }

    /** What lies in target goes along anyway. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "JENKINS   | includes: '**/target/**, web/dist/**', excludes",
                "GITHUB    | web/dist/",
                "GITLAB    | - web/dist/",
                "BITBUCKET | - web/dist/**",
            })
    void frontEndsBesideTargetAreHandedOn(CiProduct product, String text) {
        ProjectFacts project = project(
                new ProjectFacts.Contents(true, true, List.of("web/dist", "kiosk/target/web"), true), "-Pproduction");

        assertThat(text(product, project)).contains(text).doesNotContain("kiosk");
        assertThat(text(product, ORDERS)).doesNotContain("dist/");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "JENKINS   | SLACK_URL = credentials('SLACK_URL')       | 1",
                "GITHUB    | SLACK_URL: ${{ secrets.SLACK_URL }}        | 6",
                "CODEBUILD | SLACK_URL: /orders/SLACK_URL               | 2",
                "GITLAB    | SLACK_URL                                  | 0",
                "BITBUCKET | SLACK_URL                                  | 0",
            })
    void secretsOfNotificationsAreHandedOverAsTheCiKeepsThem(CiProduct product, String line, int times) {
        ProjectFacts telling = new ProjectFacts(
                "orders",
                17,
                SERVICE,
                "./mvnw",
                Optional.empty(),
                "main",
                Optional.empty(),
                "-Decs.cluster=prod",
                Optional.empty(),
                List.of(),
                List.of("SLACK_URL", "TEAMS_URL"));

        assertThat(text(product, telling).lines().map(String::strip).filter(line::equals))
                .hasSize(times);
        assertThat(product.pipeline().setUp(telling))
                .anySatisfy(once -> assertThat(once).contains("SLACK_URL", "TEAMS_URL", "notifications"));
        assertThat(text(product, ORDERS)).doesNotContain("secrets.", "credentials('", "parameter-store", "\nenv:");
    }

    private static ProjectFacts project(ProjectFacts.Contents contents, String production) {
        return new ProjectFacts(
                "shop",
                17,
                contents,
                "./mvnw",
                Optional.empty(),
                "main",
                Optional.empty(),
                production,
                Optional.empty(),
                List.of(),
                List.of());
    }

    @Test
    void jenkinsTellsTheAuthorOrThoseOfTheProject() {
        assertThat(text(CiProduct.JENKINS, ORDERS)).contains("mail to: env.COMMIT_AUTHOR,", "pollSCM('')");
        assertThat(text(CiProduct.JENKINS, KNOWN))
                .contains("mail to: 'team@example.com, ops@example.com',", "githubPush()", "a JDK 21, Maven 3.9");
    }

    @ParameterizedTest
    @CsvSource({"0, 17", "8, 17", "17, 17", "19, 21", "21, 21", "25, 25", "26, 26"})
    void javaIsAVersionWithLongSupport(int release, int java) {
        assertThat(ProjectFacts.supportedJava(release)).isEqualTo(java);
    }

    @Test
    void unknownCiIsRefusedWithTheKnownOnesAndTheNearest() {
        assertThatThrownBy(() -> CiProduct.of(Optional.of("githup"), Optional.empty()))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.text())
                                .isEqualTo(
                                        "'githup' is not a CI that pipelines can be written for (ecs.ci).\n"
                                                + "Next: write one of jenkins, github, gitlab, codebuild, bitbucket, for example -Decs.ci=github."));
        assertThatThrownBy(() -> CiProduct.of(Optional.empty(), Optional.of("gitlab.com")))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.text())
                        .startsWith("No CI is named (ecs.ci).\nNext: write -Decs.ci=gitlab;"));
        assertThat(CiProduct.of(Optional.of("GitLab"), Optional.empty())).isEqualTo(CiProduct.GITLAB);
    }

    @Test
    void changeOfAFileIsAUnifiedDiffAndLineEndsAreNone() {
        PipelineFile file = new PipelineFile("Jenkinsfile", "a\nb\nc\n");

        assertThat(DescribeChange.isSame("a\r\nb\r\nc\r\n", file)).isTrue();
        assertThat(DescribeChange.isSame("a\nc\n", file)).isFalse();
        assertThat(DescribeChange.of("a\nB\nc\n", file))
                .containsExactly(
                        "--- Jenkinsfile (as it is)",
                        "+++ Jenkinsfile (as generated)",
                        "@@ -1,3 +1,3 @@",
                        " a",
                        "-B",
                        "+b",
                        " c");
    }

    private static List<String> names(Document job) {
        return job.maps("steps").stream().map(step -> step.text("name")).toList();
    }

    private static List<String> steps(List<Document> entries) {
        return entries.stream().map(entry -> entry.map("step").text("name")).toList();
    }

    private static List<PipelineFile> files(CiProduct product, ProjectFacts project) {
        return product.pipeline().files(project);
    }

    private static String text(CiProduct product, ProjectFacts project) {
        return files(product, project).stream().map(PipelineFile::text).reduce("", String::concat);
    }
}
