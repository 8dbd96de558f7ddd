package io.github.ecsmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick start's sample with the oldest and the newest Maven; Maven Invoker builds it, and all others, with 3.9. */
class OtherMavensIT {
    private static final String GROUP = "other-mavens";

    @TempDir
    Path commands;

    @BeforeAll
    static void forget() {
        MavenBuild.forgetSandbox(GROUP);
    }

    @AfterAll
    static void stop() {
        MavenBuild.forgetSandbox(GROUP);
    }

    /** The docker command is there for users, and the plugin does without: here it is one that only notes its calls. */
    @ParameterizedTest
    @ValueSource(strings = {"3.8.7", "4.0.0-rc-5"})
    void whatWasTestedWasPushedAndRuns(String maven) throws IOException {
        Path docker = Files.writeString(commands.resolve("docker"), "#!/bin/sh\necho \"$@\" >>\"$0.calls\"\nexit 1\n");
        assertThat(docker.toFile().setExecutable(true)).isTrue();
        MavenBuild build = MavenBuild.greeting(GROUP, "maven-" + maven)
                .maven(maven)
                // Else both make the same image, and the second has nothing to roll out.
                .with("-Decs.container.labels.maven=" + maven)
                .environment("PATH", commands + File.pathSeparator + System.getenv("PATH"));

        MavenBuild.Outcome outcome = build.deploy().succeeds().says("ECS summary of greeting");

        assertThat(commands.resolve("docker.calls")).doesNotExist();
        build.ran("shop.greeting.GreetingIT", 1);
        String digest = build.record("image.json").get("digest").asText();
        assertThat(digest).matches("sha256:[0-9a-f]{64}");
        JsonNode push = build.record("push.json");
        assertThat(push.get("digest").asText()).isEqualTo(digest);
        assertThat(push.get("tags")).anyMatch(tag -> tag.asText().equals("1.0.0"));
        JsonNode services = build.record("redeploy.json").get("services");
        assertThat(services).hasSize(1);
        assertThat(services.get(0).get("digest").asText()).isEqualTo(digest);
        assertThat(services.get(0).get("outcome").asText()).isEqualTo("COMPLETED");
        assertThat(build.url()).startsWith("http://127.0.0.1:");
        String deployment = services.get(0).get("deploymentId").asText();
        assertThat(outcome.console())
                .containsPattern(" rollout +[0-9.]+ s\\R")
                .containsPattern(" digest +" + digest + "\\R")
                .containsPattern(" tags +1\\.0\\.0[^\\n]*\\R")
                .containsPattern(" deployment +" + deployment + "\\R")
                .containsPattern(" url +" + build.url() + "\\R");
        assertThat(SandboxView.get(build.url() + "/greeting?name=Grace")).isEqualTo("{\"text\":\"Hello, Grace!\"}");
        assertThat(build.lines("target/ecs/container.log")).isNotEmpty();
    }
}
