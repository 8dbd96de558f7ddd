package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.aether.DefaultSessionData;
import org.junit.jupiter.api.Test;

class LoginsOverHttpTest {
    private final SessionBoard board = new SessionBoard(new DefaultSessionData());

    @Test
    void duringWhenPushesOverlapTheLastClearsTheProperty() {
        String before = System.getProperty(LoginsOverHttp.PROPERTY);
        String inside = LoginsOverHttp.during(board, () -> {
            LoginsOverHttp.during(board, () -> "one more");
            return System.getProperty(LoginsOverHttp.PROPERTY);
        });
        assertThat(inside).isEqualTo(before == null ? "true" : before);
        assertThat(System.getProperty(LoginsOverHttp.PROPERTY)).isEqualTo(before);
    }
}
