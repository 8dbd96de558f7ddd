package io.github.ecsmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer reads; the quickstart itself is the sample that the Invoker builds. */
class QuickstartTest {
    private static final Path NEXT = Path.of("src/engine/quickstart-next.sh");

    private static final String JAR = "target/plugin-repo/io/github/ecsmaven/ecs-maven-plugin/1/ecs-maven-plugin-1.jar";
    /** Maven is a script here that tells how it was called. */
    private static final String TELLS = "#!/bin/sh\nprintf '[%s]\\n' \"$@\"\n";

    @TempDir
    Path checkout;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void lastWordsAreTheAddressAndTheReadmesCommands() throws IOException {
        Path script = checkout.resolve(NEXT);
        Path record = checkout.resolve("src/it/quickstart/target/ecs/redeploy.json");
        Files.createDirectories(script.getParent());
        Files.createDirectories(record.getParent());
        Files.copy(NEXT, script);
        Files.writeString(
                record,
                "{\n  \"services\" : [ {\n    \"url\" : \"http://127.0.0.1:4711\",\n    \"seconds\" : 1\n  } ]\n}");

        String greeting = "src/it/quickstart/src/main/java/shop/greeting/Greeting.java";
        write(greeting, Files.readString(Path.of(greeting)));
        write("target/quickstart-options", " -Decs.sandbox.port=0\n");
        write("target/engine.properties", "ecs.from.image=docker://base:17\n");

        String words = new Tool(Map.of()).run("sh", script.toString());

        assertThat(words)
                .contains(
                        "write \"Hi, \" for \"Hello, \" in " + greeting,
                        "./mvnw -Pquickstart -Decs.sandbox.port=0 ",
                        "mvn deploy -Decs.sandbox -Decs.from.image=docker://base:17 -Decs.sandbox.port=0\n",
                        "./mvnw -Pquickstart-stop -Decs.sandbox.port=0\n")
                .contains("answers at http://127.0.0.1:4711, ", "curl 'http://127.0.0.1:4711/greeting?name=Ada'");
        for (String command : new String[] {"./mvnw -Pquickstart ", "./mvnw -Pquickstart-stop"}) {
            assertThat(words).contains(command);
            assertThat(Path.of("README.md")).content().contains("    " + command);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void propertiesOfThePluginReachTheBuildOfTheSample() throws IOException {
        prepareCheckout(TELLS);
        write(JAR, "");

        String called = new Tool(Map.of())
                .run(
                        quickstart(
                                "user properties {ecs.container.jvmFlags=-Xmx64m -Xss1m, style.color=always, ecs.service=a,b}"));

        assertThat(called).as("the plugin is built already").doesNotContain("[pre-integration-test]");
        assertThat(called)
                .contains("[-Decs.from.image=local/java:17]\n[-Decs.container.jvmFlags=-Xmx64m -Xss1m]\n"
                        + "[-Decs.service=a,b]\n[deploy]\n")
                .doesNotContain("[-Dstyle.color");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void pluginIsBuiltAndInstalledWhenItIsNotThereOrHasChanged() throws IOException {
        prepareCheckout(TELLS + "echo '[INFO] --- maven-jar-plugin:3.4.2:jar (default-jar) @ any ---'\n" + "mkdir -p "
                + Path.of(JAR).getParent() + "\ntouch " + JAR + "\n");

        String first = new Tool(Map.of()).run(quickstart(""));

        assertThat(first)
                .contains("Building the plugin", "\n  jar:jar\n", "[-Decs.from.image=local/java:17]\n[deploy]\n");
        assertThat(checkout.resolve("target/quickstart-build.log"))
                .content()
                .contains("[-DskipTests]\n", "[-Dmaven.repo.local=/repository]\n", "[pre-integration-test]\n");
        assertThat(new Tool(Map.of()).run(quickstart("")))
                .as("nothing has changed")
                .doesNotContain("Building the plugin")
                .contains("[deploy]\n");

        Path source = write("src/main/nothing", "changed");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(new Tool(Map.of()).run(quickstart(""))).contains("Building the plugin");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void failureToBuildThePluginIsShownAndNothingIsDeployed() throws Exception {
        prepareCheckout(TELLS + "echo '[ERROR] COMPILATION ERROR'\nexit 1\n");

        Process process =
                new ProcessBuilder(quickstart("")).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(said)
                .contains(
                        "COMPILATION ERROR\n",
                        "The plugin could not be built. Next: see ",
                        "target/quickstart-build.log")
                .doesNotContain("[deploy]");
    }

    /** @param maven a script in its place */
    private void prepareCheckout(String maven) throws IOException {
        copy("src/engine/quickstart.sh");
        copy("src/it/settings.xml");
        write("src/engine/prepare.sh", "echo ecs.from.image=local/java:17 >\"$1\"\n");
        write("src/main/nothing", "");
        write("pom.xml", "");
        assertThat(write("maven/bin/mvn", maven).toFile().setExecutable(true)).isTrue();
    }

    private String[] quickstart(String userProperties) {
        return new String[] {
            "sh",
            checkout.resolve("src/engine/quickstart.sh").toString(),
            checkout.resolve("maven").toString(),
            "/repository",
            "1",
            userProperties
        };
    }

    private void copy(String file) throws IOException {
        write(file, Files.readString(Path.of(file)));
    }

    private Path write(String file, String text) throws IOException {
        Path path = checkout.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    @Test
    void transfersAreNotShownByAnyMavenOfThisProject() throws IOException {
        assertThat(Files.readAllLines(Path.of(".mvn/maven.config"))).contains("-ntp");
    }
}
