package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.GitCommit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Model;
import org.apache.maven.model.Profile;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.transport.URIish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ecs:ci} in checkouts and outside of one. */
@MojoTest
class CiMojoTest {
    private static final String POM = "<project><build><plugins><plugin><groupId>io.github.ecsmaven</groupId>"
            + "<artifactId>ecs-maven-plugin</artifactId></plugin></plugins></build></project>";

    @TempDir
    Path folder;

    private final MavenProject project = new MavenProject(new Model());
    private final List<String> told = new ArrayList<>();
    private final List<String> warned = new ArrayList<>();

    @Test
    @InjectMojo(goal = "ci", pom = POM)
    void writesThePipelineAndSaysWhatToSetUp(CiMojo mojo) throws Exception {
        checkout("git@github.com:shop/orders.git");
        run(mojo, "github");

        assertThat(folder.resolve(".github/workflows/deploy.yml"))
                .content()
                .contains("run: mvn -B -ntp verify -Decs.resume", "refs/heads/main", "-Decs.cluster=production");
        assertThat(told)
                .containsSubsequence(
                        "Wrote .github/workflows/deploy.yml",
                        "There is no Maven wrapper, so mvn is called. To have the same Maven everywhere: mvn wrapper:wrapper",
                        "To set up in GitHub Actions once:")
                .anySatisfy(line -> assertThat(line).contains("AWS_ROLE_UAT", "AWS_REGION"))
                .anySatisfy(line -> assertThat(line).contains("github.html", "src/site/markdown/github.md"));

        told.clear();
        run(mojo, "github");
        assertThat(told)
                .contains(".github/workflows/deploy.yml is up to date.")
                .noneMatch(line -> line.startsWith("Wrote"));
    }

    @Test
    @InjectMojo(goal = "ci", pom = POM)
    void anotherFileStaysUntilItIsToBeOverwrittenAndTheDifferenceIsShown(CiMojo mojo) throws Exception {
        checkout("https://git.example.com/shop/orders");
        Path file = Files.writeString(folder.resolve("Jenkinsfile"), "node { sh 'make' }\n");

        assertThatThrownBy(() -> run(mojo, "jenkins"))
                .isInstanceOf(MojoFailureException.class)
                .hasMessage(
                        "Jenkinsfile differs from what ecs:ci would write, and stays as it is; the difference stands above.\n"
                                + "Next: take over by hand what you want of it, or -Decs.ci.overwrite.");
        assertThat(told)
                .startsWith("--- Jenkinsfile (as it is)", "+++ Jenkinsfile (as generated)")
                .contains("-node { sh 'make' }");
        assertThat(file).hasContent("node { sh 'make' }");

        told.clear();
        mojo.ciOverwrite = "";
        run(mojo, "jenkins");
        assertThat(told).contains("-node { sh 'make' }", "Overwrote Jenkinsfile");
        assertThat(file).content().startsWith("// Written by mvn ecs:ci").contains("pipeline {");
        try (var files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(".git", "Jenkinsfile");
        }
    }

    @Test
    @InjectMojo(goal = "ci", pom = POM)
    void ofTwoFilesNoneIsWrittenWhenOneDiffers(CiMojo mojo) throws Exception {
        checkout("https://git.example.com/shop/orders");
        Files.writeString(folder.resolve("buildspec-production.yml"), "version: 0.2\n");

        assertThatThrownBy(() -> run(mojo, "codebuild")).hasMessageStartingWith("buildspec-production.yml differs");
        assertThat(folder.resolve("buildspec.yml")).doesNotExist();
    }

    @Test
    @InjectMojo(goal = "ci", pom = POM)
    void withoutAGitRemoteNothingIsWrittenAndTheRemedyIsSaid(CiMojo mojo) throws Exception {
        assertThatThrownBy(() -> run(mojo, "gitlab"))
                .as("no checkout")
                .isInstanceOf(MojoFailureException.class)
                .hasMessageStartingWith("The project in '" + folder + "' has no git remote that a CI could check out.\n"
                        + "Next: git remote add origin ");
        Git.init().setDirectory(folder.toFile()).call().close();
        assertThatThrownBy(() -> run(mojo, "gitlab")).as("no remote").hasMessageContaining("git remote add origin");
        assertThat(folder.resolve(".gitlab-ci.yml")).doesNotExist();
    }

    @Test
    @InjectMojo(goal = "ci", pom = POM)
    void namesThatCanNotBeAreRefused(CiMojo mojo) throws Exception {
        checkout("https://gitlab.com/shop/orders.git");
        assertThatThrownBy(() -> run(mojo, "gitlap"))
                .hasMessageContaining("jenkins, github, gitlab, codebuild, bitbucket, for example -Decs.ci=gitlab");
        assertThatThrownBy(() -> run(mojo, null)).hasMessageContaining("No CI is named", "-Decs.ci=gitlab");
        mojo.ciBranch = "it's";
        assertThatThrownBy(() -> run(mojo, "gitlab"))
                .hasMessageContaining("'it's' can't stand in a pipeline (ecs.ci.branch)");
        mojo.ciBranch = null;
        mojo.ciProduction = "a b";
        assertThatThrownBy(() -> run(mojo, "gitlab")).hasMessageContaining("(ecs.ci.production)");
        mojo.ciProduction = "production";
        mojo.ciOverwrite = "ja";
        assertThatThrownBy(() -> run(mojo, "gitlab")).hasMessageContaining("(ecs.ci.overwrite)");
        mojo.ciOverwrite = "false";
        Files.createDirectory(folder.resolve(".gitlab-ci.yml"));
        assertThatThrownBy(() -> run(mojo, "gitlab")).hasMessageContaining("'.gitlab-ci.yml' is a folder");
    }

    @Test
    @InjectMojo(goal = "ci", pom = POM)
    void variablesOfTheNotificationsAreHandedOverThoughTheyAreSetHere(CiMojo mojo) throws Exception {
        checkout("https://github.com/shop/orders.git");
        Model written = new Model();
        written.addProperty("ecs.notify.slack.url", "${env.SLACK_URL}");
        written.addProperty("ecs.notify.mail.to", "team@example.com");
        written.addProperty("ecs.region", "${env.REGION}");
        Profile profile = new Profile();
        profile.addProperty("ecs.notify.webhook.url", "https://${env.BOT_HOST}/${env.BOT_KEY}");
        written.addProfile(profile);
        project.setOriginalModel(written);
        project.getProperties().setProperty("ecs.notify.slack.url", "https://hooks.slack.com/services/T/B/secret");
        project.getProperties().setProperty("ecs.notify.mail.host", "smtp.example.com");
        run(mojo, "github");

        assertThat(folder.resolve(".github/workflows/deploy.yml"))
                .content()
                .contains("BOT_HOST: ${{ secrets.BOT_HOST }}", "BOT_KEY: ${{", "SLACK_URL: ${{ secrets.SLACK_URL }}")
                .doesNotContain("REGION:", "hooks.slack.com");
        assertThat(told)
                .contains("  the secrets of the notifications: BOT_HOST, BOT_KEY, SLACK_URL")
                .anySatisfy(line -> assertThat(line).contains("smtp.example.com", "settings.xml", "ci.html"));
    }

    @Test
    @InjectMojo(goal = "ci", pom = POM)
    void fileInPlaceOfAFolderIsNamed(CiMojo mojo) throws Exception {
        checkout("https://github.com/shop/orders.git");
        Path file = Files.writeString(folder.resolve(".github"), "notes\n");
        assertThatThrownBy(() -> run(mojo, "github"))
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("'.github' is a file, and .github/workflows/deploy.yml can't be written below it.\n"
                        + "Next: move it away, then call ecs:ci again.");
        assertThat(file).hasContent("notes");
        Files.delete(file);
        Files.createDirectory(file);
        Files.writeString(folder.resolve(".github/workflows"), "notes\n");
        assertThatThrownBy(() -> run(mojo, "github")).hasMessageStartingWith("'.github/workflows' is a file, and ");
    }

    @Test
    @InjectMojo(goal = "ci", pom = POM)
    void projectBelowTheTopOfItsCheckoutIsRefused(CiMojo mojo) throws Exception {
        checkout("https://gitlab.com/shop/orders.git");
        Path below = Files.createDirectory(folder.resolve("orders"));
        project.setFile(below.resolve("pom.xml").toFile());
        mojo.ci = "gitlab";
        assertThatThrownBy(() -> execute(mojo))
                .hasMessageContaining("The project lies in 'orders' of the git checkout");
    }

    @Test
    @InjectMojo(goal = "ci", pom = POM)
    void wrapperProfileRegionAndBranchOfTheProjectAreUsed(CiMojo mojo) throws Exception {
        checkout("https://gitlab.example.com/shop/orders.git");
        defaultBranch("trunk");
        Files.writeString(folder.resolve("mvnw"), "#!/bin/sh\n");
        Profile profile = new Profile();
        profile.setId("production");
        profile.addProperty("ecs.region", "eu-central-1");
        project.getModel().addProfile(profile);
        project.getProperties().setProperty("maven.compiler.release", "21");
        project.getProperties().setProperty("ecs.region", "eu-west-1");
        run(mojo, "gitlab");

        assertThat(folder.resolve(".gitlab-ci.yml"))
                .content()
                .contains(
                        "sh mvnw -B -ntp ecs:push ecs:redeploy -Pproduction",
                        "eclipse-temurin:21",
                        "$CI_COMMIT_BRANCH == \"trunk\"",
                        "export AWS_REGION=eu-west-1",
                        "export AWS_REGION=eu-central-1",
                        "aud: https://gitlab.example.com");
        assertThat(told).noneMatch(line -> line.contains("wrapper"));

        assertThat(folder.resolve("mvnw").toFile().setExecutable(true)).isTrue();
        mojo.ciOverwrite = "true";
        run(mojo, "gitlab");
        assertThat(folder.resolve(".gitlab-ci.yml")).content().contains("- ./mvnw -B -ntp test ");
    }

    @Test
    @InjectMojo(goal = "ci", pom = POM)
    void frontEndsGoToProductionWhenAProfileSaysWhere(CiMojo mojo) throws Exception {
        checkout("https://git.example.com/shop/orders");
        project.getProperties().setProperty("ecs.upload.bucket", "shop-uat");
        run(mojo, "jenkins");
        assertThat(told).anySatisfy(line -> assertThat(line).startsWith("Front ends stay in UAT"));
        assertThat(folder.resolve("Jenkinsfile"))
                .content()
                .contains("**/target/**, dist/**")
                .doesNotContain("upload");

        project.setPackaging("pom");
        assertThatThrownBy(() -> run(mojo, "jenkins"))
                .isInstanceOf(MojoFailureException.class)
                .hasMessage(
                        "There is nothing to promote: no module gets an image, and nothing says the bucket of a front end in production.\n"
                                + "Next: write a profile 'production' with ecs.upload.bucket into the pom (ecs.ci.production).");

        Profile profile = new Profile();
        profile.setId("production");
        project.getModel().addProfile(profile);
        for (String bucket : List.of("", "shop-uat")) {
            profile.addProperty("ecs.upload.bucket", bucket);
            assertThatThrownBy(() -> run(mojo, "jenkins"))
                    .as("the profile says no other bucket")
                    .hasMessageStartingWith("There is nothing to promote");
        }
        profile.addProperty("ecs.upload.bucket", "shop");
        project.getProperties()
                .setProperty(
                        "ecs.upload.directory", folder.resolve("target/web").toString());
        told.clear();
        mojo.ciOverwrite = "true";
        run(mojo, "jenkins");
        assertThat(folder.resolve("Jenkinsfile"))
                .content()
                .contains("-B -ntp ecs:upload -Pproduction'", "includes: '**/target/**'");
        assertThat(told).noneMatch(line -> line.startsWith("Front ends"));

        project.getProperties().setProperty("ecs.upload.directory", "my site");
        assertThatThrownBy(() -> run(mojo, "jenkins"))
                .hasMessageContaining("'my site' can't stand in a pipeline (ecs.upload.directory)");
    }

    @Test
    @InjectMojo(goal = "ci", pom = POM)
    void branchIsTheOneThatIsCheckedOutWhenTheRemotesIsNotKnown(CiMojo mojo) throws Exception {
        checkout("https://gitlab.com/shop/orders.git", "trunk");
        run(mojo, "gitlab");
        assertThat(folder.resolve(".gitlab-ci.yml")).content().contains("$CI_COMMIT_BRANCH == \"trunk\"");
        assertThat(told).anySatisfy(line -> assertThat(line).startsWith("Branch trunk goes to UAT"));
        assertThat(warned).isEmpty();

        mojo.ciOverwrite = "true";
        mojo.ciBranch = "release";
        run(mojo, "gitlab");
        assertThat(warned)
                .singleElement()
                .asString()
                .startsWith("There is no branch 'release', neither in")
                .endsWith("-Decs.ci.branch=trunk -Decs.ci.overwrite.");
        warned.clear();
        commit("release");
        run(mojo, "gitlab");
        assertThat(warned).as("of this checkout").isEmpty();

        mojo.ciBranch = null;
        defaultBranch("main");
        run(mojo, "gitlab");
        assertThat(folder.resolve(".gitlab-ci.yml")).content().contains("$CI_COMMIT_BRANCH == \"main\"");
        assertThat(warned).as("one that is gone").singleElement().asString().contains("'main'");
        warned.clear();
        remoteBranch("main");
        run(mojo, "gitlab");
        assertThat(warned).as("at the remote").isEmpty();
    }

    @Test
    @InjectMojo(goal = "ci", pom = POM)
    void productionThatIsUatIsRefused(CiMojo mojo) throws Exception {
        checkout("https://gitlab.com/shop/orders.git");
        project.getProperties().setProperty("ecs.cluster", "shop");
        mojo.ciProduction = "shop";
        assertThatThrownBy(() -> run(mojo, "gitlab"))
                .isInstanceOf(MojoFailureException.class)
                .hasMessage(
                        "The promotion would go to where UAT is: the pom's ecs.cluster is 'shop' (ecs.ci.production) too.\n"
                                + "Next: name the cluster of production, or a profile of the pom that has its properties (ecs.ci.production).");
        Profile profile = new Profile();
        profile.setId("shop");
        profile.addProperty("ecs.cluster", "shop");
        project.getModel().addProfile(profile);
        assertThatThrownBy(() -> run(mojo, "gitlab"))
                .hasMessageContaining("the same in the profile 'shop' (ecs.ci.production).");
        assertThat(folder.resolve(".gitlab-ci.yml")).doesNotExist();

        profile.getProperties().clear();
        profile.addProperty("ecs.upload.bucket", "shop-production");
        assertThatThrownBy(() -> run(mojo, "gitlab"))
                .as("the bucket alone leaves the services in UAT")
                .hasMessageContaining("the same in the profile 'shop'");

        profile.addProperty("ecs.roleArn", "arn:aws:iam::210987654321:role/deploy");
        run(mojo, "gitlab");
        assertThat(folder.resolve(".gitlab-ci.yml")).as("another account").exists();
    }

    @Test
    @InjectMojo(goal = "ci", pom = POM)
    void productionThatIsTheClusterOfNoPropertyIsRefused(CiMojo mojo) throws Exception {
        checkout("https://gitlab.com/shop/orders.git");
        mojo.ciProduction = "default";
        assertThatThrownBy(() -> run(mojo, "gitlab")).hasMessageContaining("ecs.cluster is 'default'");
    }

    private void checkout(String remote) throws Exception {
        checkout(remote, "main");
    }

    private void checkout(String remote, String branch) throws Exception {
        try (Git git = Git.init()
                .setInitialBranch(branch)
                .setDirectory(folder.toFile())
                .call()) {
            git.remoteAdd().setName("origin").setUri(new URIish(remote)).call();
        }
    }

    /** As a clone notes it. */
    private void defaultBranch(String name) throws Exception {
        try (Git git = Git.open(folder.toFile())) {
            RefUpdate head = git.getRepository().updateRef("refs/remotes/origin/HEAD");
            assertThat(head.link("refs/remotes/origin/" + name)).isEqualTo(RefUpdate.Result.NEW);
        }
    }

    private void commit(String branch) throws Exception {
        try (Git git = Git.open(folder.toFile())) {
            GitCommit.of(git, "A change");
            git.branchCreate().setName(branch).call();
        }
    }

    /** As a fetch notes it. */
    private void remoteBranch(String name) throws Exception {
        try (Git git = Git.open(folder.toFile())) {
            RefUpdate branch = git.getRepository().updateRef("refs/remotes/origin/" + name);
            branch.setNewObjectId(git.getRepository().resolve("HEAD"));
            assertThat(branch.update()).isEqualTo(RefUpdate.Result.NEW);
        }
    }

    private void run(CiMojo mojo, String ci) throws Exception {
        project.setFile(folder.resolve("pom.xml").toFile());
        mojo.ci = ci;
        execute(mojo);
    }

    @SuppressWarnings("deprecation") // Maven 3 has no other constructor that takes a request.
    private void execute(CiMojo mojo) throws Exception {
        project.setArtifactId("orders");
        mojo.session = new MavenSession(null, null, new DefaultMavenExecutionRequest(), null);
        mojo.session.setProjects(List.of(project));
        mojo.setLog(new SystemStreamLog() {
            @Override
            public void info(CharSequence text) {
                told.add(text.toString());
            }

            @Override
            public void warn(CharSequence text) {
                warned.add(text.toString());
            }
        });
        mojo.execute();
    }
}
