package io.github.ecsmaven.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmUpTest {
    /** Else it would fail without a word, and only the next build would be slower. */
    @Test
    void goesThroughAWholeBuildWithoutEngineAndNetwork(@TempDir Path folder) throws Exception {
        BuiltImage built = WarmUp.run(folder, Clock.systemUTC());

        assertThat(built.base().name()).isEqualTo("scratch");
        assertThat(built.layers()).isEqualTo(2);
        assertThat(built.loaded()).isFalse();
    }
}
