package io.github.ecsmaven.report.page;

import java.nio.file.*;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class DrawPageTest {
    @Test
    void sample() throws Exception {
        Files.createDirectories(Path.of("target/page"));
        String page = new DrawPage(ZoneId.of("Europe/Berlin"), 100).run(SampleBuilds.of(30));
        Files.writeString(Path.of("target/page/30.html"), page);
        for (int n : new int[] {0, 1, 100, 10000}) {
            long t = System.nanoTime();
            page = new DrawPage(ZoneId.of("Europe/Berlin"), 100).run(SampleBuilds.of(n));
            Files.writeString(Path.of("target/page/" + n + ".html"), page);
            System.out.println(n + " " + page.getBytes().length + " " + (System.nanoTime() - t) / 1000000);
        }
    }
}
