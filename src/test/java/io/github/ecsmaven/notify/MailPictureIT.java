package io.github.ecsmaven.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.report.page.Chromium;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The mail in a browser. The pictures stay in {@code target/mail}, to be looked at. */
class MailPictureIT {
    private static final Path PICTURES = Path.of("target", "mail").toAbsolutePath();

    @TempDir
    static Path profile;

    private static Chromium browser;

    @BeforeAll
    static void open() throws Exception {
        String program = Chromium.programFor("mail");
        Files.createDirectories(PICTURES);
        browser = Chromium.start(program, profile);
    }

    @AfterAll
    static void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "failed, 375, light",
        "failed, 375, dark",
        "failed, 1000, light",
        "rolled-back, 375, dark",
        "rolled-back, 1000, light",
        "deployed, 375, light",
        "deployed, 1000, dark"
    })
    void mailWhenOpenedFitsTheScreen(String which, int width, String scheme) throws Exception {
        Notice notice =
                switch (which) {
                    case "failed" -> Samples.failed();
                    case "deployed" -> Samples.deployed();
                    default -> Samples.rolledBack();
                };
        Path mail = Files.writeString(PICTURES.resolve(which + ".html"), DrawHtml.run(notice));

        browser.open(mail, width, 1080, scheme.equals("dark"));
        browser.screenshot(PICTURES.resolve(which + "-" + width + "-" + scheme + ".png"));

        assertThat(browser.value("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(width);
        assertThat(browser.value("document.body.innerText").asText()).contains("Shop main #214", "integration tests");
    }
}
