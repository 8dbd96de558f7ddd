package io.github.ecsmaven.image;

import com.google.cloud.tools.jib.api.Ports;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import io.github.ecsmaven.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code ecs.container.*} and {@code ecs.from.platforms} from text to Jib's values; a bad one is a {@link Problem}. */
final class OptionValues {
    private OptionValues() {}

    /** In the order given, a range upwards: the first is the one that tests talk to. */
    static Set<Port> ports(List<String> texts) {
        String right = "a port, a range or a port with its protocol: 8080, 8080-8090, 53/udp";
        Set<Port> ports = new LinkedHashSet<>();
        for (String text : texts) {
            Set<Port> range = parsed("ports", text, right, () -> Ports.parse(List.of(text.trim())));
            range.stream().sorted(Comparator.comparingInt(Port::getPort)).forEach(ports::add);
        }
        return ports;
    }

    static AbsoluteUnixPath path(String option, String text) {
        return parsed(option, text, "an absolute path in the container, for example /app", () -> {
            return AbsoluteUnixPath.get(text.trim());
        });
    }

    static ImageFormat format(String text) {
        return switch (text.trim().toLowerCase(Locale.ROOT)) {
            case "docker" -> ImageFormat.Docker;
            case "oci" -> ImageFormat.OCI;
            default -> throw bad("ecs.container.format", text, "Docker or OCI", null);
        };
    }

    static Instant creationTime(String text, Supplier<Instant> now) {
        return switch (text) {
            case "EPOCH" -> Instant.EPOCH;
            case "USE_CURRENT_TIMESTAMP" -> now.get();
            default -> time("creationTime", text, "EPOCH, USE_CURRENT_TIMESTAMP");
        };
    }

    static Instant modificationTime(String text) {
        return text.equals("EPOCH_PLUS_SECOND")
                ? Instant.ofEpochSecond(1)
                : time("filesModificationTime", text, "EPOCH_PLUS_SECOND");
    }

    private static Instant time(String option, String text, String words) {
        try {
            return Instant.from(DateTimeFormatter.ISO_DATE_TIME.parse(text));
        } catch (DateTimeException error) {
            throw bad(
                    "ecs.container." + option,
                    text,
                    words + " or an ISO 8601 time with zone: 2026-01-31T12:00:00Z",
                    error);
        }
    }

    /** In the order given, each once. */
    static List<Platform> platforms(List<String> texts) {
        if (texts.isEmpty()) {
            throw platform("");
        }
        return texts.stream()
                .map(String::trim)
                .map(OptionValues::platformOf)
                .distinct()
                .toList();
    }

    private static Platform platformOf(String text) {
        String[] parts = text.split("/", -1);
        // Jib 0.28 knows no variant: arm64/v8 is what arm64 means, any other would be lost without a word.
        boolean plain = parts.length == 2 || parts.length == 3 && text.endsWith("/arm64/v8");
        if (!plain || parts[0].isBlank() || parts[1].isBlank()) {
            throw platform(text);
        }
        return new Platform(parts[1], parts[0]);
    }

    private static Problem platform(String text) {
        String right =
                "os/architecture, comma separated when several, for example linux/amd64 or linux/amd64,linux/arm64";
        return bad("ecs.from.platforms", text, right, null);
    }

    private static <T> T parsed(String option, String text, String right, Supplier<T> parser) {
        try {
            return parser.get();
        } catch (IllegalArgumentException error) {
            throw bad("ecs.container." + option, text, right, error);
        }
    }

    private static Problem bad(String property, String text, String right, @Nullable Throwable cause) {
        return new Problem(
                Problem.Blame.PROJECT,
                "'" + text + "' is not a value for " + property + ".",
                List.of(),
                "write " + right + ".",
                cause);
    }
}
