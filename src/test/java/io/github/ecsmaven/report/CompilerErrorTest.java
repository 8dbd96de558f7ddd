package io.github.ecsmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompilerErrorTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "src/A.java:[5,13] ';' expected | src/A.java | 5 | ';' expected",
                "[ERROR] src/A.java:[5,13] error: cannot find symbol | src/A.java | 5 | cannot find symbol",
                "C:\\shop\\A.java:[5,13] bad | C:/shop/A.java | 5 | bad",
                "src/my shop/A.kt: (7, 2) Unresolved reference: x | src/my shop/A.kt | 7 | Unresolved reference: x",
                "file:///shop/src/A.kt:7:2 Unresolved reference | /shop/src/A.kt | 7 | Unresolved reference",
                "src/A.scala:9: error: not found | src/A.scala | 9 | not found",
                "Compilation failure | | |",
                "symbol:   class Basket | | |",
                "12:30:01 INFO started | | |",
                "10.0.0.7:8080 refused | | |",
                "Connect to db.example.com:5432: Connection refused | | |"
            })
    void ofALineKnowsFileLineAndMessage(String text, String file, Integer line, String message) {
        assertThat(CompilerError.of(text))
                .isEqualTo(Optional.ofNullable(file).map(known -> new CompilerError(known, line, message)));
    }
}
