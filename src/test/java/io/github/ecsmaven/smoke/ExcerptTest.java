package io.github.ecsmaven.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExcerptTest {
    private static final String HEAD = "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=utf-8>\n<title>Shop</title>\n"
            + "<style>\nb { color: red }\n</style>\n<script>\nlet x = '<p>';\n</script>\n</head>\n";

    @Test
    void ofAPageIsWhatAReaderSees() {
        String page =
                HEAD + "<body>\n<header><h1>Our <b>shop</b></h1></header>\n<!-- <p>no</p> --><script>go()</script>"
                        + "<p>Fish &amp;\nchips</p><ul><li>1 &lt; 2</li></ul></body></html>";

        assertThat(Excerpt.of(page)).containsExactly("Our shop", "Fish & chips", "1 < 2");
        assertThat(Excerpt.ofPage(page)).isEqualTo(Excerpt.of(page));
    }

    @Test
    void ofAPageThatShowsNothingSaysSoAfterItsScriptsAndIsItsSourceBefore() {
        String page = HEAD + "<body><div id=root></div></body></html>";

        assertThat(Excerpt.ofPage(page)).containsExactly("The page shows no text.");
        assertThat(Excerpt.of(page)).first().isEqualTo("<!DOCTYPE html>");
    }

    @Test
    void ofWhatIsNoPageIsItsFirstLines() {
        assertThat(Excerpt.of("{\n\n\"a\": \"<b>\"\n}")).isEqualTo(List.of("{", "\"a\": \"<b>\"", "}"));
    }
}
