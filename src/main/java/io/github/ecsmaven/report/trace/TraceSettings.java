package io.github.ecsmaven.report.trace;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.RegistryHost;
import io.github.ecsmaven.report.CleanText;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the traces go, as OpenTelemetry's own environment variables say.
 *
 * @param endpoint to which they are posted
 * @param headers of each request; they may hold secrets and are shown nowhere
 * @param timeout for all tries together
 * @param resource attributes of what sends
 * @param parent of the build's first span, when something around the build is traced
 * @param state which the parent's tracers hand on
 */
public record TraceSettings(
        URI endpoint,
        Map<String, String> headers,
        Duration timeout,
        Map<String, String> resource,
        Optional<Parent> parent,
        Optional<String> state) {
    /** A span of another process, by its ids in hexadecimal digits. */
    public record Parent(String trace, String span) {}

    private static final String SERVICE = "service.name";
    private static final Duration MOST_PATIENCE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Set<String> OF_THE_CLIENT =
            Set.of("connection", "content-length", "content-type", "expect", "host", "upgrade");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?");

    /** No value is shown: headers are secrets, and an address may hold one. */
    @Override
    public String toString() {
        return "TraceSettings[" + place() + "]";
    }

    /** The address as it may be told. */
    String place() {
        return told(endpoint.toString());
    }

    private static String told(String address) {
        return CleanText.withoutLogin(address).replaceAll("\\?.*", "");
    }

    /**
     * Absent when no endpoint is named, when OpenTelemetry is switched off, or when what is around the build isn't sampled.
     *
     * @throws Problem for a value that can't be right, or one that asks for what is not spoken here
     */
    public static Optional<TraceSettings> of(Map<String, String> environment) {
        Variables variables = new Variables(environment);
        Optional<URI> endpoint = endpoint(variables);
        boolean off = variables.flag("OTEL_SDK_DISABLED")
                || variables
                        .text("OTEL_TRACES_EXPORTER")
                        .filter(names -> Stream.of(names.split(","))
                                .noneMatch(name -> name.strip().equals("otlp")))
                        .isPresent()
                || variables
                        .text("OTEL_TRACES_SAMPLER")
                        .filter("always_off"::equals)
                        .isPresent();
        Matcher around = TRACEPARENT.matcher(variables.text("TRACEPARENT").orElse(""));
        boolean parent = around.matches();
        if (endpoint.isEmpty() || off || parent && (Integer.parseInt(around.group(3), 16) & 1) == 0) {
            return Optional.empty();
        }
        refuseGrpc(variables);
        Map<String, String> resource = new LinkedHashMap<>();
        resource.put(SERVICE, "ecs-maven-plugin");
        resource.putAll(pairs(variables, "OTEL_RESOURCE_ATTRIBUTES"));
        variables.text("OTEL_SERVICE_NAME").ifPresent(name -> resource.put(SERVICE, name));
        return Optional.of(new TraceSettings(
                endpoint.get(),
                headers(variables),
                timeout(variables),
                resource,
                parent ? Optional.of(new Parent(around.group(1), around.group(2))) : Optional.empty(),
                variables.text("TRACESTATE").filter(state -> parent)));
    }

    /** What is set to nothing counts as not set. */
    private record Variables(Map<String, String> environment) {
        Optional<String> text(String name) {
            return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
        }

        boolean flag(String name) {
            return text(name)
                    .filter(value -> value.toLowerCase(Locale.ROOT).equals("true"))
                    .isPresent();
        }

        /** The variable for traces alone goes before that for all. */
        Optional<String> named(String end) {
            return text(nameOf(end));
        }

        String nameOf(String end) {
            String traces = "OTEL_EXPORTER_OTLP_TRACES_" + end;
            return text(traces).isPresent() ? traces : "OTEL_EXPORTER_OTLP_" + end;
        }
    }

    private static Optional<URI> endpoint(Variables variables) {
        Optional<String> own = variables.text("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
        return own.or(() -> variables
                        .text("OTEL_EXPORTER_OTLP_ENDPOINT")
                        .map(base -> base + (base.endsWith("/") ? "" : "/") + "v1/traces"))
                .map(text -> address(text, variables.nameOf("ENDPOINT")));
    }

    private static URI address(String text, String name) {
        try {
            URI address = URI.create(text);
            if (Stream.of("http", "https").anyMatch(scheme -> scheme.equalsIgnoreCase(address.getScheme()))
                    && address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException noAddress) {
            // Told below, as any other that won't do.
        }
        throw Problem.ofProject(
                "'" + told(text) + "' is no address of an OTLP endpoint (" + name + ").",
                "write http:// or https:// with a host, for example http://collector.example.com:4318.");
    }

    private static void refuseGrpc(Variables variables) {
        String protocol = variables.named("PROTOCOL").orElse("http/json");
        if (!protocol.startsWith("http/")) {
            throw Problem.ofProject(
                    "No trace was sent: " + variables.nameOf("PROTOCOL") + "=" + protocol
                            + ", and OTLP is spoken over HTTP only.",
                    "set OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=http/json, and OTEL_EXPORTER_OTLP_TRACES_ENDPOINT to the"
                            + " collector's HTTP port, mostly http://host:4318/v1/traces.");
        }
    }

    private static Map<String, String> headers(Variables variables) {
        Map<String, String> headers = pairs(variables, variables.nameOf("HEADERS"));
        headers.forEach((name, value) -> {
            if (!HEADER.matcher(name).matches()
                    || OF_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT))
                    // Any other sign is refused by the client too, whose error shows the value.
                    || value.chars().anyMatch(sign -> sign != '\t' && (sign < ' ' || sign > '~'))) {
                throw unreadable(variables.nameOf("HEADERS"));
            }
        });
        return headers;
    }

    /** {@code a=b,c=d}, with values in percent-encoding. */
    private static Map<String, String> pairs(Variables variables, String name) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : variables.text(name).orElse("").split(",")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                try {
                    pairs.put(
                            pair.substring(0, equals).strip(),
                            URLDecoder.decode(
                                    pair.substring(equals + 1).strip().replace("+", "%2B"), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException notEncoded) {
                    throw unreadable(name);
                }
            } else if (!pair.isBlank()) {
                throw unreadable(name);
            }
        }
        return pairs;
    }

    private static Problem unreadable(String name) {
        return Problem.ofProject(
                "No trace was sent: " + name + " can't be read.",
                "write name=value pairs with commas between them, and other signs in percent-encoding.");
    }

    private static Duration timeout(Variables variables) {
        String name = variables.nameOf("TIMEOUT");
        return variables
                .text(name)
                .map(text -> {
                    if (!text.matches("\\d{1,9}")) {
                        throw Problem.ofProject(
                                "'" + text + "' is no timeout (" + name + ").",
                                "write milliseconds, for example " + name + "=3000.");
                    }
                    Duration asked = Duration.ofMillis(Long.parseLong(text));
                    return asked.compareTo(MOST_PATIENCE) > 0 ? MOST_PATIENCE : asked;
                })
                .filter(asked -> !asked.isZero())
                .orElse(PATIENCE);
    }

    /** Whether no trace leaves this machine, and so goes without a network too. */
    public boolean isOnThisMachine() {
        return RegistryHost.isLoopback(endpoint.getHost().toLowerCase(Locale.ROOT));
    }

    /** The same with less patience, for a build that is being ended. */
    public TraceSettings within(Duration most) {
        return timeout.compareTo(most) <= 0
                ? this
                : new TraceSettings(endpoint, headers, most, resource, parent, state);
    }
}
