package io.github.ecsmaven.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.upload.FileRules.Compression;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileRulesTest {
    static final FileRules PLAIN = new FileRules(List.of(), List.of(), List.of(), List.of(), Compression.NONE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "assets/index-DiwrgT7a.js",
                "assets/index-BmZ0c_1x.css",
                "main.3f9c2b1a.js",
                "static/js/2.8b1ad00c.chunk.js",
                "chunk-5OJ7GTTO.js",
                "main-5OJ7GTTO.js.map",
                "runtime_4f2c9e01aa.js",
                "fonts/roboto.3c0f0d2e5b6a7988.woff2",
                "3f9c2b1a0d4e5f6a7b8c.js"
            })
    void hashedNames(String key) {
        assertThat(HashedName.isIn(key)).isTrue();
        assertThat(PLAIN.headersOf(key, Optional.empty()).cacheControl()).isEqualTo(FileRules.IMMUTABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.js",
                "favicon.ico",
                "jquery-3.7.1.min.js",
                "bootstrap-datepicker.min.js",
                "report-20261126.pdf",
                "my-DatePick.js",
                "reads-as-words/index-DiwrgTda.js",
                "lib-dataGrid.js",
                "README-A.md",
                "material.css",
                "robots.txt",
                "deadbeef/app.js",
                "facade-decade.css",
                ".well-known/assetlinks"
            })
    void otherNames(String key) {
        assertThat(HashedName.isIn(key)).isFalse();
        assertThat(PLAIN.headersOf(key, Optional.empty()).cacheControl()).isEqualTo(FileRules.REVALIDATED);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "index.html,                PAGE,   text/html; charset=utf-8",
                "shop/INDEX.HTM,            ASSET,  text/html; charset=utf-8",
                "site.webmanifest,          PAGE,   application/manifest+json; charset=utf-8",
                "asset-manifest.json,       PAGE,   application/json; charset=utf-8",
                "sw.js,                     WORKER, text/javascript; charset=utf-8",
                "app/ngsw.json,             WORKER, application/json; charset=utf-8",
                "index-DiwrgTda.html,       PAGE,   text/html; charset=utf-8",
                "a.mjs,                     ASSET,  text/javascript; charset=utf-8",
                "a.css,                     ASSET,  text/css; charset=utf-8",
                "a.svg,                     ASSET,  image/svg+xml; charset=utf-8",
                "a.wasm,                    ASSET,  application/wasm",
                "a.woff2,                   ASSET,  font/woff2",
                "a.PNG,                     ASSET,  image/png",
                "LICENSE,                   ASSET,  application/octet-stream",
                "a.unheard,                 ASSET,  application/octet-stream"
            })
    void wavesAndTypes(String key, Wave wave, String type) {
        assertThat(PLAIN.waveOf(key)).isEqualTo(wave);
        assertThat(PLAIN.headersOf(key, Optional.empty()).contentType()).isEqualTo(type);
    }

    @Test
    void whatTheUserSaysGoesFirst() {
        FileRules rules = new FileRules(
                List.of(pattern("*.map")),
                List.of(pattern("app/config.json")),
                List.of(Map.entry(pattern("assets/**"), "max-age=60"), Map.entry(pattern("*.js"), "max-age=1")),
                List.of(Map.entry(pattern("*.data"), "application/x-data")),
                Compression.NONE);

        assertThat(rules.excludes("js/app.js.map")).isTrue();
        assertThat(rules.excludes("img/.DS_Store")).isTrue();
        assertThat(rules.waveOf("app/config.json")).isEqualTo(Wave.PAGE);
        assertThat(rules.waveOf("config.json")).isEqualTo(Wave.ASSET);
        assertThat(rules.headersOf("assets/a/index-DiwrgT7a.js", Optional.empty())
                        .cacheControl())
                .isEqualTo("max-age=60");
        assertThat(rules.headersOf("b/index-DiwrgT7a.js", Optional.empty()).cacheControl())
                .isEqualTo("max-age=1");
        assertThat(rules.headersOf("b.data", Optional.of("gzip")))
                .isEqualTo(new FileHeaders("application/x-data", FileRules.REVALIDATED, Optional.of("gzip")));
    }

    @Test
    void patternWhenItIsBrokenNamesTheProperty() {
        assertThatThrownBy(() -> KeyPattern.of("ecs.upload.excludes", "{a,b"))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("'{a,b' is not a pattern of files (ecs.upload.excludes)");
    }

    private static KeyPattern pattern(String glob) {
        return KeyPattern.of("ecs.upload.cacheControl", glob);
    }
}
