package io.github.ecsmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadTestsTest {
    private static final Instant BEGIN = Instant.parse("2026-11-26T08:00:00Z");

    @TempDir
    Path top;

    private Path reports;

    @BeforeEach
    void makeFolders() throws IOException {
        reports = Files.createDirectories(top.resolve("orders/target/surefire-reports"));
        Path sources = Files.createDirectories(top.resolve("orders/src/test/java/shop"));
        Files.writeString(sources.resolve("OrdersTest.java"), "");
    }

    @Test
    void inWhenTestsFailedTellsWhichAndWhere() throws IOException {
        report("TEST-shop.OrdersTest.xml", 3, 1, 1, 0, """
                <testcase name="fine" classname="shop.OrdersTest"/>
                <testcase name="total(int)[correct horse]" classname="shop.OrdersTest">
                  <failure message="&#10;expected: 12&#10; but was: 13" type="org.opentest4j.AssertionFailedError"><![CDATA[org.opentest4j.AssertionFailedError:
                expected: 12
                \tat app//shop.Helper.check(Helper.java:3)
                \tat app//shop.OrdersTest.total(OrdersTest.java:42)
                ]]></failure>
                  <system-out>at shop.OrdersTest.other(OrdersTest.java:1)</system-out>
                </testcase>
                <testcase name="" classname="shop.OrdersTest">
                  <error message="refused pass  phrase" type="java.net.ConnectException">java.net.ConnectException: refused
                \tat java.base/java.net.Socket.connect(Socket.java:1)
                \tat shop.OrdersTest$Server.start(OrdersTest.java:7)</error>
                </testcase>
                """);
        report("TEST-shop.OtherTest.xml", 5, 0, 0, 2, "<testcase name='never read");

        BuildRecord.Tests tests = tests();

        assertThat(tests.run()).isEqualTo(8);
        assertThat(tests.failed()).isEqualTo(1);
        assertThat(tests.errors()).isEqualTo(1);
        assertThat(tests.skipped()).isEqualTo(2);
        String file = "orders/src/test/java/shop/OrdersTest.java";
        assertThat(tests.failures())
                .containsExactly(
                        new BuildRecord.Failure(
                                "shop.OrdersTest.total(int)[***]",
                                "expected: 12 but was: 13",
                                Optional.of(file),
                                Optional.of(42)),
                        new BuildRecord.Failure(
                                "shop.OrdersTest",
                                "java.net.ConnectException: refused ***",
                                Optional.of(file),
                                Optional.of(7)));
    }

    @Test
    void inWhenAReportIsOldOrCutOffCountsTheOthers() throws IOException {
        report("TEST-shop.OrdersTest.xml", 3, 0, 0, 0, "");
        Files.writeString(reports.resolve("TEST-shop.CutOffTest.xml"), "<?xml version='1.0'?><testsuite tes");
        Path old = report("TEST-shop.OldTest.xml", 9, 9, 0, 0, "");
        Files.setLastModifiedTime(old, FileTime.from(BEGIN.minusSeconds(1)));

        assertThat(tests().run()).isEqualTo(3);
    }

    @Test
    void inWhenNothingWasReportedIsEmpty() {
        ReadTests read = new ReadTests(top, List.of(), BEGIN, Secrets.NONE);

        assertThat(read.in(reports)).isEmpty();
        assertThat(read.in(top.resolve("none"))).isEmpty();
    }

    private BuildRecord.Tests tests() {
        return new ReadTests(
                        top,
                        List.of(top.resolve("orders/src/test/java")),
                        BEGIN,
                        new Secrets(List.of("pass  phrase", "correct horse")))
                .in(reports)
                .orElseThrow();
    }

    private Path report(String name, int tests, int failures, int errors, int skipped, String cases)
            throws IOException {
        return Files.writeString(
                reports.resolve(name),
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><testsuite name=\"a\" tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"%d\">%s</testsuite>"
                        .formatted(tests, failures, errors, skipped, cases));
    }
}
