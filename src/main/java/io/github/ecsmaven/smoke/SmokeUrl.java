package io.github.ecsmaven.smoke;

import io.github.ecsmaven.Problem;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Addresses that are asked. Pure. */
public final class SmokeUrl {
    private SmokeUrl() {}

    /** @throws Problem when it is no address of HTTP, nor relative to one */
    public static void require(String property, String text) {
        uri(text)
                .filter(uri -> uri.isAbsolute() ? isHttp(uri) : uri.getRawAuthority() == null)
                .orElseThrow(() -> Problem.ofProject(
                        "'" + shown(text) + "' can't be asked (" + property + ").",
                        "write a path such as " + property
                                + "=/health, or an address that begins with http:// or https://."));
    }

    static boolean isAbsolute(String text) {
        return uri(text).map(URI::isAbsolute).orElse(false);
    }

    private static boolean isHttp(URI uri) {
        return uri.getHost() != null && uri.getScheme().toLowerCase(Locale.ROOT).matches("https?");
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(URI.create(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /**
     * As a browser does it: {@code /health} from the top of the host, {@code health} below the address.
     *
     * @param base address of the service or the site, as far as it is known
     * @return empty when it can't be asked without that address
     */
    static Optional<URI> resolve(String text, Optional<String> base) {
        URI uri = URI.create(text);
        return uri.isAbsolute()
                ? Optional.of(uri)
                : base.map(address -> URI.create(address.endsWith("/") ? address : address + "/")
                        .resolve(uri));
    }

    /** Without a login, and without what stands in its query: a token is often there. */
    public static String shown(String text) {
        return text.replaceFirst("(?<=://)[^/@]*@", "").replaceFirst("[?#].*", "?…");
    }

    /** The header for a login in the address. */
    static Optional<String> authorization(URI uri) {
        return Optional.ofNullable(uri.getUserInfo())
                .map(login -> "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether the next address is that of the same host; from HTTPS to HTTP is elsewhere. */
    static boolean isSameHost(URI asked, URI next) {
        boolean lessSafe = "https".equalsIgnoreCase(asked.getScheme()) && !"https".equalsIgnoreCase(next.getScheme());
        return isHttp(next) && asked.getHost().equalsIgnoreCase(next.getHost()) && !lessSafe;
    }
}
