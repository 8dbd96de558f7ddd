package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a terminal shows, on a screen that knows "line up" and "clear line". */
class RolloutTableTest {
    private final Screen screen = new Screen();
    private final RolloutTable table = RolloutTable.inPlace(60, screen::write);

    @Test
    void showWritesALineAServiceOverAndOver() {
        table.attend();
        show("orders", "18", 1, "new 0/2 (2 pending)               old 2/2");
        show("orders-worker", "7", 1, "new 0/1");
        show("orders", "18", 3, "new 2/2                           old 0/2 (2 draining)");

        assertThat(screen.lines())
                .containsExactly(
                        "  orders         18    3 s  new 2/2  old 0/2 (2 draining)",
                        "  orders-worker   7    1 s  new 0/1");
    }

    @Test
    void aboveKeepsTheTableBelowTheLog() {
        table.attend();
        show("orders", "18", 1, "new 0/2");
        table.above(() -> screen.write("[WARNING] orders: no capacity\n"));
        show("orders", "18", 3, "new 1/2");

        assertThat(screen.lines()).containsExactly("[WARNING] orders: no capacity", "  orders  18    3 s  new 1/2");
    }

    @Test
    void removeTakesTheLineAway() {
        table.attend();
        show("orders", "18", 1, "new 0/2");
        show("billing", "3", 1, "new 0/1");
        table.remove("orders");
        table.above(() -> screen.write("  orders  completed\n"));

        assertThat(screen.lines()).containsExactly("  orders  completed", "  billing  3    1 s  new 0/1");
    }

    @Test
    void nothingIsDrawnWhileNobodyWaits() {
        show("orders", "18", 1, "new 0/2");
        assertThat(screen.lines()).isEmpty();

        table.attend();
        assertThat(screen.lines()).containsExactly("  orders  18    1 s  new 0/2");

        table.leave();
        assertThat(screen.lines()).isEmpty();
    }

    @Test
    void aLineThatIsTooLongIsCutSoThatItCanBeWrittenOver() {
        table.attend();
        show("orders", "18", 70, "new 2/2  old 1/2, the old tasks drain (deregistration delay of the target group)");
        show("orders", "18", 71, "new 2/2");
        assertThat(screen.widest).isLessThan(60);
        assertThat(screen.lines()).containsExactly("  orders  18   71 s  new 2/2");
    }

    private void show(String service, String revision, int seconds, String state) {
        table.show(service, new RolloutTable.Row(service, revision, Duration.ofSeconds(seconds), state));
    }

    private static final class Screen {
        private final List<String> lines = new ArrayList<>(List.of(""));
        int widest;

        void write(String text) {
            String rest = text;
            while (!rest.isEmpty()) {
                int last = lines.size() - 1;
                if (rest.startsWith("\u001b[1A")) {
                    lines.remove(last);
                    rest = rest.substring(4);
                } else if (rest.startsWith("\u001b[2K")) {
                    lines.set(last, "");
                    rest = rest.substring(4);
                } else if (rest.startsWith("\n")) {
                    lines.add("");
                    rest = rest.substring(1);
                } else {
                    lines.set(last, lines.get(last) + rest.charAt(0));
                    widest = Math.max(widest, lines.get(last).length());
                    rest = rest.substring(1);
                }
            }
        }

        List<String> lines() {
            return lines.subList(0, lines.size() - 1);
        }
    }
}
