package io.github.ecsmaven.sandbox;

import io.github.ecsmaven.sandbox.wire.XmlText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The page at {@code /}: what runs here, and how to talk to it. It asks for its contents itself. */
final class Page {
    /** Nothing from elsewhere is loaded, and nothing is sent anywhere else. */
    static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline';"
            + " img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private Page() {}

    static String html(State state) {
        String version = String.valueOf(Page.class.getPackage().getImplementationVersion());
        return template()
                .replace("{{endpoint}}", "http://127.0.0.1:" + state.port())
                .replace("{{region}}", XmlText.escape(state.region()))
                .replace("{{port}}", String.valueOf(state.port()))
                .replace("{{version}}", version.equals("null") ? "under development" : XmlText.escape(version));
    }

    private static String template() {
        try (InputStream in = Objects.requireNonNull(Page.class.getResourceAsStream("page.html"), "page.html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
