package io.github.ecsmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer reads; the quickstart itself is the sample that the Invoker builds. */
class QuickstartTest {
    private static final Path NEXT = Path.of("src/engine/quickstart-next.sh");

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

        String words = new Tool(Map.of()).run("sh", script.toString());

        assertThat(words)
                .contains("answers at http://127.0.0.1:4711, ", "curl 'http://127.0.0.1:4711/greeting?name=Ada'")
                .contains("src/it/quickstart/src/main/java/shop/greeting/Greeting.java");
        assertThat(Files.readString(Path.of("src/it/quickstart/src/main/java/shop/greeting/Greeting.java")))
                .contains("\"Hello, \"");
        for (String command : new String[] {"./mvnw -Pquickstart ", "./mvnw -Pquickstart-stop"}) {
            assertThat(words).contains(command);
            assertThat(Path.of("README.md")).content().contains("    " + command);
        }
    }

    /** Maven is a script here that tells how it was called. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void propertiesOfThePluginReachTheBuildOfTheSample() throws IOException {
        String jar = "target/plugin-repo/io/github/ecsmaven/ecs-maven-plugin/1/ecs-maven-plugin-1.jar";
        copy("src/engine/quickstart.sh");
        copy("src/it/settings.xml");
        write("src/engine/prepare.sh", "echo ecs.from.image=local/java:17 >\"$1\"\n");
        write("src/main/nothing", "");
        write("pom.xml", "");
        write(jar, "");
        Path maven = write("maven/bin/mvn", "#!/bin/sh\nprintf '[%s]\\n' \"$@\"\n");
        assertThat(maven.toFile().setExecutable(true)).isTrue();

        String called = new Tool(Map.of())
                .run(
                        "sh",
                        checkout.resolve("src/engine/quickstart.sh").toString(),
                        checkout.resolve("maven").toString(),
                        "/repository",
                        "1",
                        "user properties {ecs.container.jvmFlags=-Xmx64m -Xss1m, style.color=always, ecs.service=a,b}");

        assertThat(called)
                .contains("[-Decs.from.image=local/java:17]\n[-Decs.container.jvmFlags=-Xmx64m -Xss1m]\n"
                        + "[-Decs.service=a,b]\n[deploy]\n")
                .doesNotContain("[-Dstyle.color");
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
