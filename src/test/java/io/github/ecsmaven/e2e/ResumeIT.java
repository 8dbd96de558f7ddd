package io.github.ecsmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pipeline whose stages are Maven calls with ecs.resume: each does its own part only, on the next machine too. */
class ResumeIT {
    private static final String GROUP = "resume";

    /** A goal that runs; Maven 3.8 tells its plugin's whole name. */
    private static final Pattern GOAL =
            Pattern.compile("(?m)--- (?:maven-)?([a-z-]+?)(?:-maven)?(?:-plugin)?:[^:]+:([A-Za-z-]+) \\(");

    /** One build for the CI: its calls have one id. */
    private static final Map<String, String> CI =
            Map.of("JENKINS_URL", "http://localhost/", "BUILD_NUMBER", "7", "BUILD_TAG", "shop-7", "JOB_NAME", "shop");

    @BeforeAll
    static void forget() {
        MavenBuild.forgetSandbox(GROUP);
    }

    @AfterAll
    static void stop() {
        MavenBuild.forgetSandbox(GROUP);
    }

    @Test
    void eachStageDoesItsOwnPartAndAnotherMachineOnlyDeploys() {
        MavenBuild build = ci(MavenBuild.greeting(GROUP, "first-machine").inGit());

        assertThat(goals(build, "test-compile"))
                .containsExactly(
                        "resources:resources", "compiler:compile", "resources:testResources", "compiler:testCompile");
        assertThat(goals(build, "test")).containsExactly("surefire:test");
        Map<String, String> compiled = build.times("target/classes", "target/test-classes");
        assertThat(goals(build, "package")).containsExactly("jar:jar", "spring-boot:repackage");
        Map<String, String> packaged = build.times("target/greeting-1.0.0.jar");
        assertThat(goals(build, "verify"))
                .containsExactly(
                        "ecs:validate",
                        "ecs:prebuild",
                        "ecs:image",
                        "ecs:start",
                        "failsafe:integration-test",
                        "ecs:stop",
                        "failsafe:verify");
        build.ran("shop.greeting.GreetingIT", 1);
        assertThat(build.times("target/classes", "target/test-classes")).isEqualTo(compiled);
        assertThat(build.times("target/greeting-1.0.0.jar")).isEqualTo(packaged);

        // Sources that are newer than all that was made of them, and no more of target than a deploy needs.
        MavenBuild other = ci(build.cloneWith(
                "other-machine",
                "target/classes",
                "target/greeting-1.0.0.jar",
                "target/ecs/phases.json",
                "target/ecs/image.json",
                "target/ecs/tested.json",
                "target/ecs/report.json"));
        assertThat(goals(other, "deploy"))
                .containsExactly(
                        "ecs:validate",
                        "install:install",
                        "ecs:preflight",
                        "deploy:deploy",
                        "ecs:push",
                        "ecs:redeploy");
        assertThat(other.record("push.json").get("digest"))
                .isEqualTo(build.record("image.json").get("digest"));
        assertThat(other.record("redeploy.json")
                        .get("services")
                        .get(0)
                        .get("outcome")
                        .asText())
                .isEqualTo("COMPLETED");
        assertThat(SandboxView.get(other.url() + "/greeting?name=Grace")).isEqualTo("{\"text\":\"Hello, Grace!\"}");
        assertThat(other.contents("target/classes", "target/greeting-1.0.0.jar"))
                .isEqualTo(build.contents("target/classes", "target/greeting-1.0.0.jar"));
        List<String> stages = new ArrayList<>();
        other.record("report.json").get("modules").get(0).get("stages").forEach(stage -> {
            assertThat(stage.get("status").asText()).isEqualTo("DONE");
            assertThat(stage.get("seconds").asDouble()).isPositive();
            stages.add(stage.get("stage").asText());
        });
        assertThat(stages)
                .containsSubsequence(
                        "compile",
                        "unit tests",
                        "package",
                        "image",
                        "container start",
                        "integration tests",
                        "push",
                        "rollout")
                .doesNotHaveDuplicates();

        other.edit("src/main/java/shop/greeting/Greeting.java", "Hello", "Good morning");
        MavenBuild.Outcome changed =
                resumed(other, "test-compile").says("Not resumed: the sources have changed since ");
        assertThat(goals(changed)).contains("compiler:compile", "compiler:testCompile");
    }

    /** Modules find each other's jars, and a library needs neither its sources nor a goal; what was tested goes on to production. */
    @ParameterizedTest
    @CsvSource({
        "3.8.7, package ecs:push ecs:redeploy -Decs.resume -Decs.cluster=production",
        "4.0.0-rc-5, package ecs:push ecs:redeploy ecs:upload -Decs.resume -Pproduction"
    })
    void modulesGoOnWithEachOthersArtifacts(String maven, String promotion) {
        MavenBuild build = MavenBuild.reactor(GROUP, "maven-" + maven)
                .edit("pom.xml", "<modules>", production("ecs.cluster") + "<modules>")
                .edit("web/pom.xml", "<properties>", production("ecs.upload.bucket") + "<properties>")
                .inGit()
                .maven(maven)
                .with("-Decs.container.labels.maven=" + maven);

        // The tests are left out here, and made up for in the next call.
        MavenBuild.Outcome packaged = resumed(build.again().maven(maven).with("-DskipTests"), "package")
                .says("Nothing to resume: ");
        assertThat(goals(packaged)).contains("compiler:compile", "jar:jar");
        String[] results = {
            "words/target/classes",
            "words/target/words-1.0.0.jar",
            "hello/target/classes",
            "hello/target/hello-1.0.0.jar"
        };
        Map<String, String> made = build.times(results);

        MavenBuild.Outcome deployed = resumed(build, "deploy").says("Resumed: compile, test-compile and package of ");
        assertThat(goals(deployed))
                .contains("surefire:test", "failsafe:verify", "install:install", "ecs:push", "ecs:redeploy")
                .doesNotContain("compiler:compile", "compiler:testCompile", "jar:jar");
        assertThat(build.times(results)).isEqualTo(made);
        assertThat(build.lines("hello/target/ecs/redeploy.json"))
                .anySatisfy(line -> assertThat(line).contains("COMPLETED"));

        promote(build, maven, promotion);
    }

    /** A profile of that name, in which the property has that value. */
    private static String production(String property) {
        return "<profiles><profile><id>production</id><properties><" + property + ">production</" + property
                + "></properties></profile></profiles>";
    }

    /** On another machine, with what a CI hands over. */
    private static void promote(MavenBuild build, String maven, String promotion) {
        SandboxView aws = SandboxView.of(GROUP);
        List<String> services = List.of("hello", "farewell");
        Map<String, String> uat = taskDefinitions(aws, "uat", services);
        MavenBuild other = build.cloneWith("production-" + maven, handedOver(build))
                .maven(maven)
                .with("-Decs.container.labels.maven=" + maven);
        Map<String, String> given = other.contents(handedOver(build));
        String[] made = {
            "words/target/words-1.0.0.jar",
            "hello/target/classes",
            "hello/target/hello-1.0.0.jar",
            "hello/target/ecs/image.json"
        };
        Map<String, String> before = other.times(made);

        MavenBuild.Outcome promoted =
                other.run((promotion + " -Decs.sandbox=true").split(" ")).succeeds();
        assertThat(goals(promoted)).isSubsetOf("ecs:validate", "ecs:push", "ecs:redeploy", "ecs:upload");
        assertThat(other.times(made)).isEqualTo(before);
        assertThat(given).containsAllEntriesOf(other.contents(made));
        assertThat(taskDefinitions(aws, "uat", services)).isEqualTo(uat);
        Map<String, String> inProduction = taskDefinitions(aws, "production", services);
        services.forEach(service -> {
            String image = aws.image(inProduction.get(service));
            assertThat(image).contains("@sha256:").isEqualTo(aws.image(uat.get(service)));
        });
        if (promotion.contains("ecs:upload")) {
            assertThat(other.lines("web/target/ecs/upload.json"))
                    .anySatisfy(line -> assertThat(line).contains("\"bucket\" : \"production\""));
        }
    }

    /** All of each module's target, without what only makes images quicker. */
    private static String[] handedOver(MavenBuild build) {
        try (Stream<Path> files = Files.walk(build.folder())) {
            return files.filter(Files::isRegularFile)
                    .map(file -> build.folder().relativize(file).toString())
                    .filter(file -> file.matches("(.+/)?target/.+") && !file.contains("target/ecs/cache/"))
                    .toArray(String[]::new);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static Map<String, String> taskDefinitions(SandboxView aws, String cluster, List<String> services) {
        return services.stream().collect(Collectors.toMap(service -> service, service -> aws.service(cluster, service)
                .taskDefinition()));
    }

    private static MavenBuild ci(MavenBuild build) {
        CI.forEach(build::environment);
        return build;
    }

    private static MavenBuild.Outcome resumed(MavenBuild build, String phase) {
        return build.run(phase, "-Decs.resume", "-Decs.sandbox=true").succeeds();
    }

    private static List<String> goals(MavenBuild build, String phase) {
        return goals(resumed(build, phase));
    }

    private static List<String> goals(MavenBuild.Outcome outcome) {
        List<String> goals = new ArrayList<>();
        Matcher goal = GOAL.matcher(outcome.console());
        while (goal.find()) {
            goals.add(goal.group(1) + ":" + goal.group(2));
        }
        return goals;
    }
}
