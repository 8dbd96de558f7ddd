package io.github.ecsmaven.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PullProblemTest {
    /** What engines say, and what helps. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pull access denied for x, repository does not exist or may require 'docker login' | PROJECT | correct the name",
                "manifest for x:1 not found: manifest unknown: manifest unknown | PROJECT | correct the name",
                "Head \"https://r/v2/x/manifests/1\": no basic auth credentials | PROJECT | docker login r.example:5000'",
                "unauthorized: authentication required | PROJECT | docker login r.example:5000'",
                "toomanyrequests: You have reached your pull rate limit. | PROJECT | another registry",
                "no matching manifest for linux/arm64/v8 in the manifest list entries | PROJECT | platform",
                "write /var/lib/docker/tmp/x: no space left on device | MACHINE | docker system df",
                "dial tcp: lookup registry-1.docker.io: no such host | MACHINE | connect the engine to the registry",
                "net/http: TLS handshake timeout | MACHINE | connect the engine to the registry",
            })
    void ofSaysWhatHelps(String said, Problem.Blame blame, String next) {
        Problem problem = PullProblem.of("r.example:5000/shop/x:1", said);

        assertThat(problem.blame()).isEqualTo(blame);
        assertThat(problem.evidence()).containsExactly("The engine says: " + said);
        assertThat(problem.next()).contains(next);
    }

    @Test
    void ofWhenItIsDockerHubNamesNoHost() {
        assertThat(PullProblem.of("postgres:16", "unauthorized: incorrect username or password")
                        .text())
                .isEqualTo("The image 'postgres:16' of a service (ecs.test.services) can't be pulled.\n"
                        + "  The engine says: unauthorized: incorrect username or password\n"
                        + "Next: log in with 'docker login', then run again.");
    }
}
