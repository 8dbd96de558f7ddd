package io.github.ecsmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick start's sample with the oldest and the newest Maven; Maven Invoker builds it, and all others, with 3.9. */
class OtherMavensIT {
    private static final String GROUP = "other-mavens";

    @BeforeAll
    static void forget() {
        MavenBuild.forgetSandbox(GROUP);
    }

    @AfterAll
    static void stop() {
        MavenBuild.forgetSandbox(GROUP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.8.7", "4.0.0-rc-5"})
    void whatWasTestedWasPushedAndRuns(String maven) {
        MavenBuild build = MavenBuild.greeting(GROUP, "maven-" + maven).maven(maven);

        build.deploy().succeeds().says("ECS summary of greeting");

        String digest = build.record("image.json").get("digest").asText();
        assertThat(digest).matches("sha256:[0-9a-f]{64}");
        JsonNode push = build.record("push.json");
        assertThat(push.get("digest").asText()).isEqualTo(digest);
        assertThat(push.get("tags")).anyMatch(tag -> tag.asText().equals("1.0.0"));
        JsonNode services = build.record("redeploy.json").get("services");
        assertThat(services).hasSize(1);
        assertThat(services.get(0).get("digest").asText()).isEqualTo(digest);
        assertThat(build.url()).startsWith("http://127.0.0.1:");
        assertThat(SandboxView.get(build.url() + "/greeting?name=Grace")).isEqualTo("{\"text\":\"Hello, Grace!\"}");
        assertThat(build.lines("target/ecs/container.log")).isNotEmpty();
    }
}
