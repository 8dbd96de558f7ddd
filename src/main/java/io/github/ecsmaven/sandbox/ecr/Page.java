package io.github.ecsmaven.sandbox.ecr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a sorted list, as ECR's {@code maxResults} and {@code nextToken} cut it.
 *
 * @param next the token of the next page; null at the end
 */
record Page<T>(List<T> items, @Nullable String next) {
    Page {
        items = List.copyOf(items);
    }

    /**
     * @param sorted all items, sorted by their key
     * @param key tells them apart; the token is the last key of the page before, so that new items shift nothing
     */
    static <T> Page<T> of(List<T> sorted, Function<T, String> key, ObjectNode request) {
        int size = request.path("maxResults").asInt(100);
        if (size < 1 || size > 1000) {
            throw Refusal.invalid("maxResults", "Member must have value less than or equal to 1000");
        }
        String after = request.hasNonNull("nextToken")
                ? decode(request.path("nextToken").asText())
                : "";
        List<T> rest = sorted.stream()
                .filter(item -> key.apply(item).compareTo(after) > 0)
                .limit(size + 1L)
                .toList();
        if (rest.size() <= size) {
            return new Page<>(rest, null);
        }
        String last = key.apply(rest.get(size - 1));
        String token = Base64.getUrlEncoder().encodeToString(last.getBytes(StandardCharsets.UTF_8));
        return new Page<>(rest.subList(0, size), token);
    }

    private static String decode(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notOurs) {
            throw Refusal.invalid("nextToken", "Invalid token");
        }
    }
}
