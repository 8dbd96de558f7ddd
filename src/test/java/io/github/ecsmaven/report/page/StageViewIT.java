package io.github.ecsmaven.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stage view in a browser. The pictures stay in {@code target/stage-view}, to be looked at. */
class StageViewIT {
    private static final Path PICTURES = Path.of("target", "stage-view").toAbsolutePath();

    @TempDir
    static Path profile;

    private static Path page;
    private static Chromium browser;

    @BeforeAll
    static void open() throws Exception {
        String program = Chromium.programFor("page");
        Files.createDirectories(PICTURES);
        page = PICTURES.resolve("report.html");
        Files.writeString(page, new DrawPage(ZoneId.of("Europe/Berlin"), 100).run(SampleBuilds.of(30)));
        browser = Chromium.start(program, profile);
    }

    @AfterAll
    static void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"1440, light", "1440, dark", "390, light", "390, dark", "800, light"})
    void pageWhenOpenedFitsTheScreen(int width, String scheme) throws Exception {
        browser.open(page, width, width < 500 ? 1900 : 1200, scheme.equals("dark"));
        browser.screenshot(PICTURES.resolve(scheme + "-" + width + ".png"));

        assertThat(browser.value("innerWidth").asInt()).isEqualTo(width);
        assertThat(browser.value("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(width);
        assertThat(browser.value("[...document.querySelectorAll('td, td button')]"
                        + ".filter(cell => cell.scrollWidth > cell.clientWidth + 1).map(cell => cell.innerText)"))
                .as("cells that are cut off")
                .isEmpty();
        assertThat(browser.value("document.querySelector('pre').innerText").asText())
                .contains("DB_URL is not set");
    }

    /** WCAG 2.1, 1.4.3: 4.5 to 1 for text. */
    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void textWhenShownHasContrast(String scheme) throws Exception {
        browser.open(page, 1440, 1200, scheme.equals("dark"));
        JsonNode weak = browser.value(
                Files.readString(Path.of("src/test/resources/io/github/ecsmaven/report/page/weak-contrast.js")));
        assertThat(weak).isEmpty();
    }

    /** The newest build failed, so it is open; the first failed cell below it is opened, and closed, by keyboard alone. */
    @Test
    void failedCellWhenReachedByKeyboardOpensAndCloses() throws Exception {
        browser.open(page, 1440, 1200, false);
        assertThat(browser.value("[...document.querySelectorAll('tr.open')].length")
                        .asInt())
                .isOne();
        do {
            browser.press("Tab");
        } while (!browser.value("document.activeElement.matches('#b7 ~ tr td.f button')")
                        .asBoolean()
                && !browser.value("document.activeElement === document.body").asBoolean());
        assertThat(browser.value("document.activeElement.innerText").asText())
                .isEqualTo("unit tests failed after\n22s");
        assertThat(browser.value("getComputedStyle(document.activeElement).outlineStyle")
                        .asText())
                .isEqualTo("solid");

        browser.press("Enter");
        assertThat(browser.value("document.activeElement.getAttribute('aria-expanded')")
                        .asText())
                .isEqualTo("true");
        assertThat(browser.value(
                                "document.getElementById(document.activeElement.getAttribute('aria-controls')).innerText")
                        .asText())
                .contains("Unit tests failed after 22s", "OrderTotalTest.java:41", "412 run, 2 failed, 2 skipped");
        browser.screenshot(PICTURES.resolve("opened.png"));

        browser.press("Escape");
        assertThat(browser.value("document.activeElement.getAttribute('aria-expanded')")
                        .asText())
                .isEqualTo("false");
        assertThat(browser.value("[...document.querySelectorAll('tr.open')].length")
                        .asInt())
                .isOne();
    }

    @Test
    void pageWhenOpenedAsksForNothingElse() throws Exception {
        browser.open(page, 1440, 1200, false);
        assertThat(browser.value("performance.getEntriesByType('resource').map(entry => entry.name)"))
                .isEmpty();
    }
}
