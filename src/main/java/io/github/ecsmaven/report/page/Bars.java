package io.github.ecsmaven.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A bar chart as inline SVG, stretched to the place it gets.
 *
 * @param bars from left to right
 * @param mean drawn as a dashed line
 * @param top value at the upper edge; empty for that of the highest bar
 */
record Bars(List<Bar> bars, OptionalDouble mean, OptionalDouble top) {
    /** Units of the drawing from bar to bar, when there are many. */
    private static final int STEP = 10;

    private static final int WIDTH = 7;

    /** Few bars stand apart from each other; they don't become blocks. */
    private static final int LEAST_WIDTH = 240;

    private static final int HEIGHT = 100;

    /**
     * @param value at least 0; empty leaves a gap
     * @param bad drawn as a failure
     * @param tip what it stands for, shown when pointed at
     */
    record Bar(OptionalDouble value, boolean bad, String tip) {}

    /** So many neighbours become one that at most {@code most} are left. */
    static <T> List<Bar> joined(List<T> values, int most, Function<List<T>, Bar> join) {
        int size = Math.max(1, (values.size() + most - 1) / most);
        List<Bar> bars = new ArrayList<>();
        for (int from = 0; from < values.size(); from += size) {
            bars.add(join.apply(values.subList(from, Math.min(from + size, values.size()))));
        }
        return bars;
    }

    /** @param label what the chart shows, in words */
    Html draw(String label) {
        int step = Math.max(STEP, LEAST_WIDTH / Math.max(1, bars.size()));
        int width = Math.max(1, bars.size()) * step;
        double highest = top.orElse(bars.stream()
                .flatMap(bar -> bar.value().stream().boxed())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0));
        String tips = bars.stream().map(Bar::tip).collect(Collectors.joining("|"));
        Html svg = new Html();
        svg.open(
                "svg",
                "class",
                "bars",
                "viewBox",
                "0 0 " + width + " " + HEIGHT,
                "preserveAspectRatio",
                "none",
                "role",
                "img",
                "aria-label",
                label,
                "data-tips",
                tips);
        path(svg, "good", highest, step, false);
        path(svg, "bad", highest, step, true);
        mean.ifPresent(value -> {
            String y = String.valueOf(HEIGHT - height(value, highest));
            svg.open("path", "class", "mean", "d", "M0 " + y + "H" + width).close();
        });
        return svg.close();
    }

    private void path(Html svg, String style, double highest, int step, boolean bad) {
        int width = Math.min(3 * WIDTH, step * WIDTH / STEP);
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            if (bar.bad() == bad && bar.value().isPresent()) {
                int height = Math.max(2, height(bar.value().getAsDouble(), highest));
                path.append('M')
                        .append(i * step + (step - width) / 2)
                        .append(' ')
                        .append(HEIGHT)
                        .append("v-")
                        .append(height);
                path.append('h').append(width).append('v').append(height).append('z');
            }
        }
        if (!path.isEmpty()) {
            svg.open("path", "class", style, "d", path.toString()).close();
        }
    }

    private static int height(double value, double highest) {
        return highest <= 0 ? 0 : (int) Math.round(Math.min(1, value / highest) * HEIGHT);
    }
}
