package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pieces of JSON that all answers are made of. */
final class Json {
    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** AWS's JSON time: epoch seconds with a fraction; left out when it is not yet. */
    static void time(ObjectNode to, String name, long millis) {
        if (millis > 0) {
            to.put(name, millis / 1000.0);
        }
    }

    /** Left out when it is empty. */
    static void text(ObjectNode to, String name, String text) {
        if (!text.isEmpty()) {
            to.put(name, text);
        }
    }

    static void copy(ObjectNode from, ObjectNode to, String... names) {
        for (String name : names) {
            if (from.has(name)) {
                to.set(name, from.path(name));
            }
        }
    }

    static ArrayNode tags(Map<String, String> tags) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        tags.forEach((key, value) -> list.addObject().put("key", key).put("value", value));
        return list;
    }

    static Map<String, String> tags(JsonNode list) {
        Map<String, String> tags = new LinkedHashMap<>();
        list.forEach(tag -> tags.put(tag.path("key").asText(), tag.path("value").asText("")));
        return tags;
    }

    static boolean includesTags(ObjectNode request) {
        return texts(request.path("include")).contains("TAGS");
    }

    /** One page of a list: {@code maxResults} entries from {@code nextToken} on. */
    static ObjectNode page(List<String> all, ObjectNode request, String member, int usual) {
        ObjectNode answer = object();
        ArrayNode page = answer.putArray(member);
        int from = Math.min(all.size(), number(request.path("nextToken").asText("0")));
        int to = Math.min(all.size(), from + request.path("maxResults").asInt(usual));
        all.subList(from, to).forEach(page::add);
        if (to < all.size()) {
            answer.put("nextToken", String.valueOf(to));
        }
        return answer;
    }

    static int number(String token) {
        if (!token.matches("\\d{1,9}")) {
            throw Names.invalid("Invalid token");
        }
        return Integer.parseInt(token);
    }
}
