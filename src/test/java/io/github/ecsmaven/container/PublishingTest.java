package io.github.ecsmaven.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishingTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "local socket,      unix:///var/run/docker.sock, false, 127.0.0.1,  127.0.0.1",
        "local port,        tcp://localhost:2375,        false, 127.0.0.1,  127.0.0.1",
        "remote engine,     tcp://docker:2375,           false, '',         docker",
        "beside the build,  unix:///var/run/docker.sock, true,  172.17.0.1, 172.17.0.1",
        "windows,           npipe:////./pipe/docker,     false, 127.0.0.1,  127.0.0.1"
    })
    void decideBindsWhereTheTestsReachIt(String label, String engine, boolean sibling, String bind, String first) {
        Publishing publishing = Publishing.decide(engine, sibling, Optional.of("172.17.0.1"));
        assertThat(publishing.bind()).as(label).isEqualTo(bind);
        assertThat(publishing.hosts()).first().isEqualTo(first);
    }
}
