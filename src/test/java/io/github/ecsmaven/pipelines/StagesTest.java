package io.github.ecsmaven.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.ci.CiProduct;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What stages of generated pipelines are called for. GitLab's need a tool that is there in {@code e2e.PipelinesIT}. */
@DisabledOnOs(OS.WINDOWS)
class StagesTest {
    /** Each stage asks for what those before it have written. */
    private static final String MAKES_AND_ASKS = """
            set -e
            mkdir -p target/classes/.well-known target/ecs/cache
            case "$*" in
            *' test-compile '*) mkdir -p web/dist && touch target/classes/.well-known/made web/dist/made ;;
            *) test -f target/classes/.well-known/made && test -f web/dist/made || exit 1 ;;
            esac
            case "$*" in
            *' verify '*) echo tested >target/state && touch target/ecs/cache/layer ;;
            *' ecs:push '*) grep -q uat target/state && test ! -e target/ecs/cache/layer ;;
            *' deploy '*) grep -q tested target/state && echo uat >target/state ;;
            *) echo made >target/state ;;
            esac""";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(value = CiProduct.class, mode = EnumSource.Mode.EXCLUDE, names = "GITLAB")
    void allAreOfOneCommitThoughAnotherIsPushedBeforeTheApproval(CiProduct product) {
        String push = "git -C '" + folder.resolve("repository")
                + "' -c user.name=B -c user.email=b@example.com commit -q --allow-empty -m later";
        ScriptedProject project = new ScriptedProject(
                folder, "mkdir -p target && touch target/made\ncase \"$*\" in *' deploy '*) " + push + ";; esac");
        String built = project.head();

        project.run(product).passes();
        assertThat(project.head()).isNotEqualTo(built);
        assertThat(project.calls()).hasSize(6).allSatisfy(call -> assertThat(call)
                .startsWith(built));
        assertThat(project.calls().get(5)).contains(" ecs:push ecs:redeploy ");
    }

    /** A file's name may begin with a dot; what the image is put together from faster next time stays behind. */
    @ParameterizedTest
    @EnumSource(value = CiProduct.class, mode = EnumSource.Mode.EXCLUDE, names = "GITLAB")
    void eachHasAllThatTheOneBeforeHasMade(CiProduct product) {
        ScriptedProject project = new ScriptedProject(folder, MAKES_AND_ASKS);

        project.run(product).passes();
        assertThat(project.calls()).hasSize(6);
    }

    @ParameterizedTest
    @EnumSource(value = CiProduct.class, mode = EnumSource.Mode.EXCLUDE, names = "GITLAB")
    void oneThatFailsIsTheLast(CiProduct product) {
        ScriptedProject project = new ScriptedProject(
                folder, "mkdir -p target && touch target/made\ncase \"$*\" in *' verify '*) exit 1;; esac");

        project.run(product).fails();
        assertThat(project.calls()).hasSize(4).last().asString().contains(" verify ");
    }
}
