package io.github.ecsmaven.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.report.BuildRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTemplateTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void fillWhenAValueHasQuotesAndLinesIsStillJson() throws Exception {
        JsonTemplate template = JsonTemplate.parse(
                "'chat.json'", "{\"text\": \"${project} #${number}: ${tests}\", \"n\": [\"${branch}\"]}");

        JsonNode filled = JSON.readTree(template.fill(Samples.failed()));

        assertThat(filled.path("text").asText())
                .isEqualTo("Shop #214: shop.web.CheckoutIT.totalIsShown: expected: \"12.50\" but was: \"12.5\"\n"
                        + "shop.web.LoginIT.lockedOutAfterThree: java.net.ConnectException: Connection refused");
        assertThat(filled.path("n").path(0).asText()).isEqualTo("main");
    }

    @Test
    void parseWhenAFieldIsUnknownNamesItAndTheKnownOnes() {
        assertThatThrownBy(() -> JsonTemplate.parse("'chat.json'", "{\"text\": \"${projekt}\"}"))
                .asInstanceOf(InstanceOfAssertFactories.type(Problem.class))
                .extracting(Problem::text, InstanceOfAssertFactories.STRING)
                .startsWith(
                        "The template 'chat.json' has an unknown field ${projekt}.\n  Known: subject, event, status, project,")
                .endsWith("\nNext: write ${project}, or leave it out (ecs.notify.webhook.template).");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"text\": ${subject}}", "{\"text\": \"${subject}\"", "text", "{} {}"})
    void parseWhenItIsNoJsonSaysWhere(String text) {
        assertThatThrownBy(() -> JsonTemplate.parse("'chat.json'", text))
                .asInstanceOf(InstanceOfAssertFactories.type(Problem.class))
                .extracting(Problem::text, InstanceOfAssertFactories.STRING)
                .contains("The template 'chat.json' is not JSON", "Line 1, column", "inside of quotes");
    }

    @Test
    void ofAllFieldsHasWhatIsKnownOfTheBuild() throws Exception {
        JsonNode filled = JSON.readTree(JsonTemplate.ofAllFields().fill(Samples.failed()));

        assertThat(List.of("event", "status", "project", "branch", "stage", "author"))
                .extracting(name -> filled.path(name).asText())
                .containsExactly("failure", "failed", "Shop", "main", "integration tests", "Ada Example");
        assertThat(filled.path("url").asText()).startsWith("https://github.com/");
    }

    @Test
    void ofAFrontEndItsPlaceAndAddressAreKnown() throws Exception {
        BuildRecord build = Samples.uploaded(
                Samples.deployed().build(),
                new BuildRecord.Upload("shop-web", "eu/", "set", 3, 3, 0, Optional.of("https://shop.example.com")));
        JsonNode filled = JSON.readTree(JsonTemplate.ofAllFields().fill(Notice.of(Event.DEPLOYMENT, build)));

        assertThat(filled.path("bucket").asText()).isEqualTo("s3://shop-web/eu/");
        assertThat(filled.path("siteUrl").asText()).isEqualTo("https://shop.example.com");
        assertThat(filled.path("serviceUrl").asText()).isEmpty();
    }

    /** Of two front ends one had its files already. */
    @Test
    void subjectOfADeploymentNamesWhatIsNew() {
        BuildRecord build = Samples.deployed().build();
        BuildRecord.Module web = Samples.uploaded(
                        build, new BuildRecord.Upload("shop-web", "", "set", 3, 2, 0, Optional.empty()))
                .modules()
                .get(0);
        BuildRecord.Module kiosk = Samples.uploaded(
                        build, new BuildRecord.Upload("shop-kiosk", "", "set", 3, 0, 0, Optional.empty()))
                .modules()
                .get(0);

        assertThat(Notice.of(Event.DEPLOYMENT, build.with("7", List.of(web, kiosk)))
                        .subject())
                .endsWith(": s3://shop-web/");
    }

    @Test
    void eachFieldIsOnThePage() throws Exception {
        String page = Files.readString(Path.of("src/site/markdown/webhook.md"));

        assertThat(NoticeFields.of(Samples.failed()).keySet())
                .allSatisfy(field -> assertThat(page).containsPattern("(?m)^\\| .*`" + field + "`.* \\|"));
    }
}
