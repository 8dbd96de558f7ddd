package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.Digest;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecr.PushedImage;
import io.github.ecsmaven.ecs.RolloutRequest.Mode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Under which name a task definition gets the image. */
class RedeployImageTest {
    private static final Digest DIGEST = new Digest("sha256:" + "a".repeat(64));

    @ParameterizedTest(name = "{0} of tags {1}")
    @CsvSource({
        "revision, 1.0 latest, @DIGEST",
        "revision, '', @DIGEST",
        "restart, latest 1.0, :latest",
        "restart, 1.0, :1.0",
        "restart, '', @DIGEST",
    })
    void image(Mode mode, String tags, String expected) {
        List<String> list = tags.isEmpty() ? List.of() : List.of(tags.split(" "));
        PushedImage pushed =
                new PushedImage("example.com:5000", "shop/orders", DIGEST, list, 1, 1, 1, Optional.empty());

        assertThat(RedeployMojo.image(mode, pushed))
                .isEqualTo("example.com:5000/shop/orders" + expected.replace("DIGEST", DIGEST.value()));
    }

    @ParameterizedTest
    @CsvSource({"revision, revision", "' Restart ', restart"})
    void modeIsReadAsWritten(String text, Mode expected) {
        assertThat(OptionText.choice("ecs.mode", text, Mode.class)).isEqualTo(expected);
    }

    @Test
    void modeWhenItIsNeitherSaysWhatToWrite() {
        assertThatThrownBy(() -> OptionText.choice("ecs.mode", "restrat", Mode.class))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.text())
                        .isEqualTo("'restrat' is not known (ecs.mode).\nNext: write ecs.mode=revision or restart."));
    }
}
