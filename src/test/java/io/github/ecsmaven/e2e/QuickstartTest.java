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

    @Test
    void transfersAreNotShownByAnyMavenOfThisProject() throws IOException {
        assertThat(Files.readAllLines(Path.of(".mvn/maven.config"))).contains("-ntp");
    }
}
