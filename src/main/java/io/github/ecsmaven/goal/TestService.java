package io.github.ecsmaven.goal;

import io.github.ecsmaven.Problem;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One service of {@code ecs.test.services}, as Maven fills it: from an item of the list, or from nested elements. */
public final class TestService {
    @Nullable String name;

    @Nullable String image;

    @Nullable String port;

    @Nullable String waitLog;

    @Nullable String command;

    @Nullable Map<String, String> environment;

    /** An item of the list, {@code postgres:16} or {@code db=postgres:16}; Maven calls it. */
    public void set(String item) {
        int equals = item.indexOf('=');
        name = equals < 0 ? null : item.substring(0, equals);
        image = item.substring(equals + 1);
    }

    /** Its own, else the image's last part; empty for an item between two commas. */
    Optional<String> name() {
        return ServiceNames.of(name, image);
    }

    /** @throws Problem when it has none */
    String image() {
        return OptionText.text(image)
                .orElseThrow(() -> Problem.ofProject(
                        "The service '" + name().orElse("?") + "' has no image (ecs.test.services).",
                        "write -Decs.test.services=db=postgres:16, or give it an element <image>."));
    }
}
