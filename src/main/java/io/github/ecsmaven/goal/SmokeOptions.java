package io.github.ecsmaven.goal;

import io.github.ecsmaven.DurationText;
import io.github.ecsmaven.NearestNames;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.smoke.JsonCheck;
import io.github.ecsmaven.smoke.SmokeRequest;
import io.github.ecsmaven.smoke.SmokeRequest.BrowserUse;
import io.github.ecsmaven.smoke.SmokeRequest.Patience;
import io.github.ecsmaven.smoke.SmokeUrl;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code ecs.smoke.*} as they are written, and what {@code ecs.services.<name>.smoke.*} says of one service. */
record SmokeOptions(
        Optional<String> url,
        String status,
        Optional<String> text,
        Optional<String> jsonPath,
        String retries,
        String timeout,
        String requestTimeout,
        Map<String, String> headers,
        BrowserUse browser) {
    private static final String ALL = "ecs.smoke.";
    private static final String HEADERS = "headers.";
    private static final List<String> NAMES =
            List.of("url", "status", "text", "jsonPath", "retries", "timeout", "requestTimeout");

    /** @throws Problem when a property of the service is unknown, or a value can't be right */
    Optional<SmokeRequest> ofService(String service, MapOption maps) {
        String prefix = "ecs.services." + service + ".smoke";
        Map<String, String> own = maps.below(prefix);
        own.keySet().stream()
                .filter(name -> !NAMES.contains(name) && !name.startsWith(HEADERS))
                .findFirst()
                .ifPresent(name -> {
                    throw Problem.ofProject(
                            "Unknown property '" + prefix + "." + name + "'.",
                            "write " + prefix + "."
                                    + NearestNames.of(name, NAMES).stream()
                                            .findFirst()
                                            .orElse("url") + ".");
                });
        return read(own);
    }

    /**
     * Empty when nothing is asked.
     *
     * @param own of one service, by the name without its prefix
     * @throws Problem when a value can't be right
     */
    Optional<SmokeRequest> read(Map<String, String> own) {
        List<String> urls = OptionText.list(own.getOrDefault("url", url.orElse("")));
        int wanted = status(own.getOrDefault("status", status));
        Optional<JsonCheck> json = OptionText.text(own.getOrDefault("jsonPath", jsonPath.orElse("")))
                .map(path -> JsonCheck.of(ALL + "jsonPath", path));
        Patience patience = new Patience(
                OptionText.count(ALL + "retries", own.getOrDefault("retries", retries)),
                DurationText.parse(ALL + "requestTimeout", own.getOrDefault("requestTimeout", requestTimeout)),
                DurationText.parse(ALL + "timeout", own.getOrDefault("timeout", timeout)));
        Optional<String> sought = OptionText.text(own.getOrDefault("text", text.orElse("")));
        urls.forEach(one -> SmokeUrl.require(ALL + "url", one));
        if (urls.isEmpty()) {
            return Optional.empty();
        }
        if (browser != BrowserUse.FALSE && sought.isEmpty()) {
            throw Problem.ofProject(
                    "A browser is to look at the page (ecs.smoke.browser), but for nothing: there is no ecs.smoke.text.",
                    "set ecs.smoke.text to what the page shows when its scripts have run.");
        }
        return Optional.of(new SmokeRequest(urls, wanted, sought, json, headers(own), patience, browser));
    }

    private Map<String, String> headers(Map<String, String> own) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        own.forEach((name, value) -> {
            if (name.startsWith(HEADERS)) {
                all.put(name.substring(HEADERS.length()), value);
            }
        });
        all.forEach(SmokeOptions::requireHeader);
        return all;
    }

    private static void requireHeader(String name, String value) {
        if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+") || !value.matches("[\\t\\x20-\\x7E]*")) {
            throw Problem.ofProject(
                    "HTTP can't hold the header '" + name + "' (ecs.smoke.headers).",
                    "write it in ASCII's letters and digits, for example ecs.smoke.headers.Accept=application/json.");
        }
        if (List.of("connection", "content-length", "expect", "host", "upgrade")
                .contains(name.toLowerCase(Locale.ROOT))) {
            throw Problem.ofProject(
                    "The header '" + name + "' is not for you to set (ecs.smoke.headers).", "remove it.");
        }
    }

    private static int status(String text) {
        int status = OptionText.count(ALL + "status", text);
        if (status < 200 || status > 599) {
            throw Problem.ofProject(
                    "'" + text + "' is no status of HTTP (ecs.smoke.status).", "write a number from 200 to 599.");
        }
        return status;
    }
}
