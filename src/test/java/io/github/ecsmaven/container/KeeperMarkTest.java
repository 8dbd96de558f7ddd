package io.github.ecsmaven.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeeperMarkTest {
    private static final KeeperMark OWN = new KeeperMark("ci", "boot1", "ns1", 42, "100");
    private static final Instant NOW = Instant.parse("2026-01-02T12:00:00Z");
    private static final Map<Long, String> ALIVE = Map.of(42L, "100", 7L, "50");

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "own,                        ci|boot1|ns1|42|100,  1,  false",
        "another build that lives,   ci|boot1|ns1|7|50,    1,  false",
        "keeper is gone,             ci|boot1|ns1|8|50,    1,  true",
        "process id used again,      ci|boot1|ns1|7|49,    1,  true",
        "machine was restarted,      ci|boot0|ns1|7|50,    1,  true",
        "other process space,        ci|boot1|ns2|8|50,    1,  false",
        "other process space long ago, ci|boot1|ns2|8|50,  25, true",
        "other machine,              x|boot9|ns1|8|50,     1,  false",
        "other machine long ago,     x|boot9|ns1|8|50,     25, true",
        "label of another form,      whatever,             99, false"
    })
    void abandonedWhenKeeperIsSurelyGone(String label, String mark, int hoursOld, boolean expected) {
        Instant created = NOW.minusSeconds(hoursOld * 3600L);
        assertThat(OWN.abandoned(mark, created, NOW, pid -> Optional.ofNullable(ALIVE.get(pid))))
                .as(label)
                .isEqualTo(expected);
    }

    @Test
    void ownMarkIsReadBackAndLives() {
        KeeperMark own = KeeperMark.own();
        assertThat(KeeperMark.parse(own.label())).contains(own);
        assertThat(own.abandoned(own.label(), NOW, NOW, KeeperMark::startOf)).isFalse();
    }
}
