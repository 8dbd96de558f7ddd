package io.github.ecsmaven.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InvalidationPathsTest {
    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of("nothing", "/", List.of(), List.of()),
                Arguments.of(
                        "the index, as visitors write it", "/", List.of("index.html"), List.of("/", "/index.html")),
                Arguments.of(
                        "of a folder",
                        "/shop/",
                        List.of("a/index.html"),
                        List.of("/shop/a", "/shop/a/", "/shop/a/index.html")),
                Arguments.of("as browsers ask", "/", List.of("größe x.js"), List.of("/gr%C3%B6%C3%9Fe%20x.js")),
                Arguments.of("left from before", "/", List.of("a.js", "/b.js"), List.of("/a.js", "/b.js")),
                Arguments.of("all from before", "/", List.of("a.js", "/*"), List.of("/*")),
                Arguments.of(
                        "too many",
                        "/shop/",
                        IntStream.rangeClosed(0, InvalidationPaths.MOST)
                                .mapToObj(i -> i + ".js")
                                .toList(),
                        List.of("/shop/*")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void pathsOfKeys(String label, String base, List<String> keys, List<String> expected) {
        assertThat(InvalidationPaths.of(base, keys)).isEqualTo(expected);
    }
}
