package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.sandbox.Sandbox;
import java.io.File;
import java.util.Optional;
import org.eclipse.aether.DefaultSessionData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EarlySandboxTest {
    private final SessionBoard board = new SessionBoard(new DefaultSessionData());

    @TempDir
    File project;

    @ParameterizedTest(name = "home {0}, port {1}")
    @CsvSource({"no\0path, 0", "home, four"})
    @Timeout(30)
    void beginWhenASettingIsWrongLeavesItToTheGoal(String home, String port) throws InterruptedException {
        EarlySandbox.begin(board, project, Optional.of(home), port);

        assertThat(EarlySandbox.started(board)).isEqualTo(Sandbox.Start.NONE);
        assertThat(project).isEmptyDirectory();
    }

    @Test
    void startedWhenNoneWasAskedForIsNone() throws InterruptedException {
        assertThat(EarlySandbox.started(board)).isEqualTo(Sandbox.Start.NONE);
    }
}
