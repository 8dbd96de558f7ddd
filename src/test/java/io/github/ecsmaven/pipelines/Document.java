package io.github.ecsmaven.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A mapping of a YAML file; keys that its reader does not name fail the test. */
public record Document(String place, Map<?, ?> content) {
    public static Document of(String yaml) {
        return new Document(
                "the file", (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml));
    }

    Document only(String... keys) {
        assertThat(Set.of(keys))
                .as(place)
                .containsAll(List.copyOf(content.keySet()).stream()
                        .map(String::valueOf)
                        .toList());
        return this;
    }

    public boolean has(String key) {
        return content.containsKey(key);
    }

    public String text(String key) {
        assertThat(content.get(key)).as("%s: %s", place, key).isNotNull();
        return String.valueOf(content.get(key));
    }

    public Optional<String> maybe(String key) {
        return has(key) ? Optional.of(text(key)) : Optional.empty();
    }

    public Document map(String key) {
        assertThat(content.get(key)).as("%s: %s", place, key).isInstanceOf(Map.class);
        return new Document(place + ", " + key, (Map<?, ?>) content.get(key));
    }

    public Document mapOrEmpty(String key) {
        return has(key) ? map(key) : new Document(place + ", " + key, Map.of());
    }

    public List<String> keys() {
        return content.keySet().stream().map(String::valueOf).toList();
    }

    /** A list of texts, or a single one. */
    public List<String> texts(String key) {
        Object value = content.get(key);
        assertThat(value).as("%s: %s", place, key).isNotNull();
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of(String.valueOf(value));
    }

    public List<Document> maps(String key) {
        assertThat(content.get(key)).as("%s: %s", place, key).isInstanceOf(List.class);
        return ((List<?>) content.get(key))
                .stream()
                        .map(item -> new Document(place + ", " + key, (Map<?, ?>) item))
                        .toList();
    }
}
