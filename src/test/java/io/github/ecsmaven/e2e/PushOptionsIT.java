package io.github.ecsmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.ecr.RegistryProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a push can be told, from Maven's view: logins of settings.xml, tags by pattern, the scan before the release. */
class PushOptionsIT {
    private static final String GROUP = "push-options";

    @TempDir
    Path folder;

    @BeforeAll
    static void forget() {
        MavenBuild.forgetSandbox(GROUP);
    }

    @AfterAll
    static void stop() {
        MavenBuild.forgetSandbox(GROUP);
    }

    @Test
    void anEncryptedLoginOfTheSettingsPushesToAnyRegistryUnderTagsByPattern() throws Exception {
        RegistryProcess.assumeThere();
        MavenBuild build = MavenBuild.clock(GROUP, "settings");
        Path security = folder.resolve("security.xml");
        String master = encrypted(build.again().with("--encrypt-master-password", "master"));
        Files.writeString(security, "<settingsSecurity><master>" + master + "</master></settingsSecurity>");
        String password = encrypted(
                build.again().with("--encrypt-password", RegistryProcess.PASSWORD, "-Dsettings.security=" + security));
        try (RegistryProcess registry = new RegistryProcess(folder.resolve("registry"))) {
            Path settings = Files.writeString(
                    folder.resolve("settings.xml"),
                    "<settings><servers><server><id>" + registry.host() + "</id><username>" + RegistryProcess.USER
                            + "</username><password>" + password + "</password></server></servers></settings>");
            build.with(
                            "-s",
                            settings.toString(),
                            "-Dsettings.security=" + security,
                            "-DsendCredentialsOverHttp=true",
                            "-Decs.to.image=" + registry.host() + "/shop/clock",
                            "-Decs.tags={version}-{build},{branch}")
                    .environment("JENKINS_URL", "http://jenkins.example")
                    .environment("BUILD_NUMBER", "7")
                    .environment("GIT_BRANCH", "origin/fix/tags");
            String console = build.run("verify", "ecs:push").succeeds().console();
            assertThat(console).doesNotContain(RegistryProcess.PASSWORD, "Unknown property");
            String digest = build.record("push.json").get("digest").asText();
            for (String tag : new String[] {"1.0.0-7", "fix-tags"}) {
                assertThat(registry.manifest("shop/clock", tag).headers().firstValue("Docker-Content-Digest"))
                        .as(tag)
                        .contains(digest);
            }
            String helped = build.again()
                    .with(
                            "-DsendCredentialsOverHttp=true",
                            "-Decs.to.image=" + registry.host() + "/shop/clock",
                            "-Decs.tags=helped")
                    .environment("DOCKER_CONFIG", credentialHelper(registry.host()))
                    .environment("PATH", folder + ":" + System.getenv("PATH"))
                    .run("ecs:push")
                    .succeeds()
                    .console();
            assertThat(helped).doesNotContain(RegistryProcess.PASSWORD);
            assertThat(registry.manifest("shop/clock", "helped").headers().firstValue("Docker-Content-Digest"))
                    .contains(digest);
        }
        build.again()
                .with("-Decs.tags={comit:8}")
                .run("ecs:push", "-Decs.sandbox=true")
                .failsWith("'{comit}' is not known", "ecs.tags", "{commit:8}");
    }

    @Test
    void aCriticalFindingEndsTheBuildBeforeTheRollout() {
        MavenBuild build = MavenBuild.clock(GROUP, "scan")
                .with(
                        "-Decs.scan.failOn=CRITICAL",
                        "-Decs.repository.scanOnPush=true",
                        "-Decs.repository.tags=sandbox:scan=CRITICAL=1 LOW=2");
        build.deploy()
                .failsWith(
                        "found 1 of CRITICAL (ecs.scan.failOn)",
                        "CRITICAL CVE-2026-1000 in openssl",
                        "All: 1 CRITICAL, 2 LOW.");
        assertThat(build.hasRecord("push.json")).isFalse();
        assertThat(build.hasRecord("redeploy.json")).isFalse();
    }

    /** The folder of a config.json that leaves the registry's login to a program, docker-credential-vault. */
    private String credentialHelper(String host) throws IOException {
        Path helper = Files.writeString(
                folder.resolve("docker-credential-vault"),
                "#!/bin/sh\ncat >/dev/null\necho '{\"Username\": \"" + RegistryProcess.USER + "\", \"Secret\": \""
                        + RegistryProcess.PASSWORD + "\"}'\n");
        assertThat(helper.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("config.json"), "{\"credHelpers\": {\"" + host + "\": \"vault\"}}");
        return folder.toString();
    }

    private static String encrypted(MavenBuild build) {
        String console = build.run().succeeds().console();
        return Pattern.compile("\\{[^{}\\s]+}")
                .matcher(console)
                .results()
                .map(MatchResult::group)
                .reduce((first, last) -> last)
                .orElseThrow(() -> new AssertionError(console));
    }
}
