package io.github.ecsmaven.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.ci.CiProduct;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A fixture that passes over what it does not know would prove nothing: each change here of a good pipeline is noticed. */
@DisabledOnOs(OS.WINDOWS)
class StrictnessTest {
    @TempDir
    Path folder;

    private ScriptedProject project;

    @BeforeEach
    void commit() {
        project = new ScriptedProject(folder, "mkdir -p target && touch target/made");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "disableConcurrentBuilds() | disableConcurentBuilds() | disableConcurentBuilds",
                "post { | posts { | posts",
                "agent none | agent nowhere | nowhere",
                "githubPush() | gitHubPush() | gitHubPush",
                "beforeAgent true | beforeAgents true | beforeAgents",
                "unit: 'HOURS' | units: 'HOURS' | units",
                "stash name: | stash called: | called",
                "unstash 'target' | unstashed 'target' | unstashed",
                "failure { | failed { | failed",
            })
    void aJenkinsfileWithAMistakeFails(String right, String wrong, String named) {
        assertNoticed(CiProduct.JENKINS, right, wrong, named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fetch-depth: 0 | fetch-deep: 0 | fetch-deep",
                "actions/checkout@v7 | actions/checkout@v0 | actions/checkout@v0",
                "retention-days: 1 | retention: 1 | retention",
                "id-token: write | id-token: read | OIDC",
                "name: target-uat | name: target | a name is taken once",
                "vars.AWS_ROLE_UAT | vars.AWS_ROLE_TEST | AWS_ROLE_TEST",
                "needs: uat | need: uat | \"need\"",
                "github.ref == | github.branch == | github.branch",
            })
    void aWorkflowWithAMistakeFails(String right, String wrong, String named) {
        assertNoticed(CiProduct.GITHUB, right, wrong, named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "trigger: manual | triggers: manual | triggers",
                "deployment: staging | deployment: uat | uat",
                "depth: full | depth: 50 | full",
                "- wrapper | - wrap | wrap",
                "capture-on: always | capture: always | capture",
                "ignore-paths: &not | ignored-paths: &not | ignored-paths",
                "- compiled | - compile | a shared artifact",
                "name: unit-tested | name: compiled | a name is taken once",
            })
    void aBitbucketPipelineWithAMistakeFails(String right, String wrong, String named) {
        assertNoticed(CiProduct.BITBUCKET, right, wrong, named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "post_build: | after_build: | after_build",
                "file-format: JUNITXML | format: JUNITXML | format",
                "cache: | caches: | caches",
            })
    void aBuildspecWithAMistakeFails(String right, String wrong, String named) {
        assertNoticed(CiProduct.CODEBUILD, right, wrong, named);
    }

    @ParameterizedTest
    @EnumSource(value = CiProduct.class, mode = EnumSource.Mode.EXCLUDE, names = "GITLAB")
    void whatIsGeneratedPasses(CiProduct product) {
        project.run(product).passes();
    }

    private void assertNoticed(CiProduct product, String right, String wrong, String named) {
        List<String> good = ScriptedProject.files(product);
        assertThat(good.get(0)).contains(right);
        List<String> bad = List.of(good.get(0).replace(right, wrong), good.get(good.size() - 1));

        assertThatThrownBy(() -> project.run(product, bad)).hasMessageContaining(named);
    }
}
