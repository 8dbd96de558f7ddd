package io.github.ecsmaven.report.page;

import io.github.ecsmaven.report.BuildRecord.Outcome;
import io.github.ecsmaven.report.BuildRecord.Status;
import io.github.ecsmaven.report.BuildSum;
import io.github.ecsmaven.report.CleanText;
import io.github.ecsmaven.report.page.Bars.Bar;
import io.github.ecsmaven.report.page.Metrics.Took;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The key metrics and the durations of the stages, each as a chart with its figure in words. */
final class DrawCharts {
    private static final int MOST_BARS = 100;
    private static final int MOST_SMALL_BARS = 40;

    private final ZoneId zone;

    DrawCharts(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * @param figure what is read first
     * @param note what the figure stands for
     */
    private record Tile(String name, String figure, String note, Bars bars, String from, String to) {}

    /** @param delivery with a build at least */
    Html metrics(Delivery delivery) {
        List<Instant> times =
                delivery.builds().stream().map(Metrics.Ended::started).sorted().toList();
        Instant first = times.get(0);
        Instant last = times.get(times.size() - 1);
        Period period = Period.of(first, last);
        List<LocalDate> starts = period.starts(first, last, zone);
        Html html = new Html();
        html.open("section", "class", "tiles", "aria-label", "Key metrics");
        tile(html, success(delivery, period, starts));
        tile(html, frequency(delivery, period, starts, first, last));
        tile(html, leadTime(delivery, period));
        tile(html, recovery(delivery, period));
        return html.close();
    }

    private Tile success(Delivery delivery, Period period, List<LocalDate> starts) {
        Map<LocalDate, List<Metrics.Ended>> builds =
                delivery.builds().stream().collect(Collectors.groupingBy(build -> period.start(build.started(), zone)));
        List<Bar> bars = Bars.joined(starts, MOST_SMALL_BARS, days -> {
            List<Metrics.Ended> some = of(days, builds);
            OptionalDouble rate = Metrics.successRate(some);
            return new Bar(
                    rate,
                    false,
                    label(period, days) + ": " + percent(rate) + " of " + Words.count(some.size(), "build"));
        });
        OptionalDouble changes = Metrics.changeFailureRate(delivery.rollouts());
        String note = "of " + Words.count(delivery.builds().size(), "build")
                + (changes.isPresent() ? ", " + percent(changes) + " of rollouts failed" : "");
        return new Tile(
                "Success rate",
                percent(Metrics.successRate(delivery.builds())),
                note,
                new Bars(bars, OptionalDouble.empty(), OptionalDouble.of(1)),
                period.label(starts.get(0)),
                period.label(starts.get(starts.size() - 1)));
    }

    private Tile frequency(Delivery delivery, Period period, List<LocalDate> starts, Instant first, Instant last) {
        Map<LocalDate, List<Metrics.Deployment>> good = delivery.rollouts().stream()
                .filter(Metrics.Deployment::good)
                .collect(Collectors.groupingBy(rollout -> period.start(rollout.at(), zone)));
        List<Bar> bars = Bars.joined(starts, MOST_SMALL_BARS, days -> {
            int count = of(days, good).size();
            return new Bar(
                    count == 0 ? OptionalDouble.empty() : OptionalDouble.of(count),
                    false,
                    label(period, days) + ": " + Words.count(count, "deployment"));
        });
        OptionalDouble rate = Metrics.deploymentsPerWeek(delivery.rollouts(), first, last);
        long count =
                delivery.rollouts().stream().filter(Metrics.Deployment::good).count();
        return new Tile(
                "Deployments",
                rate.isPresent() ? weekly(rate.getAsDouble()) : "none",
                Words.count(count, "deployment") + ", by " + period.word(),
                new Bars(bars, OptionalDouble.empty(), OptionalDouble.empty()),
                period.label(starts.get(0)),
                period.label(starts.get(starts.size() - 1)));
    }

    private static String weekly(double rate) {
        long tenths = Math.round(rate * 10);
        return (tenths < 100 ? tenths / 10 + "." + tenths % 10 : String.valueOf(Math.round(rate))) + " a week";
    }

    private Tile leadTime(Delivery delivery, Period period) {
        List<Took> times = Metrics.leadTimes(delivery.rollouts());
        String note = times.isEmpty() ? "no deployment of a known commit" : "median, commit to running service";
        return times("Lead time", note, times, period, false);
    }

    private Tile recovery(Delivery delivery, Period period) {
        List<Took> times = Metrics.recoveries(delivery.builds());
        String note = times.isEmpty() ? "nothing to recover from" : "median, failed build to the next good one";
        return times("Time to recover", note, times, period, true);
    }

    private Tile times(String name, String note, List<Took> times, Period period, boolean bad) {
        OptionalDouble median = Metrics.median(times);
        List<Bar> bars = Bars.joined(times, MOST_SMALL_BARS, some -> {
            OptionalDouble middle = Metrics.median(some);
            return new Bar(middle, bad, Words.day(some.get(0).at(), zone) + ": " + Span.show(middle));
        });
        return new Tile(
                name,
                Span.show(median),
                note,
                new Bars(bars, median, OptionalDouble.empty()),
                times.isEmpty() ? "" : label(period, times.get(0)),
                times.size() < 2 ? "" : label(period, times.get(times.size() - 1)));
    }

    private String label(Period period, Took time) {
        return period.label(period.start(time.at(), zone));
    }

    private static <T> List<T> of(List<LocalDate> days, Map<LocalDate, List<T>> byDay) {
        return days.stream()
                .map(day -> byDay.getOrDefault(day, List.of()))
                .flatMap(Collection::stream)
                .toList();
    }

    private static String label(Period period, List<LocalDate> days) {
        String from = period.label(days.get(0));
        return days.size() == 1 ? from : from + " to " + period.label(days.get(days.size() - 1));
    }

    private static String percent(OptionalDouble share) {
        return share.isPresent() ? Words.percent(share.getAsDouble()) : "–";
    }

    /** @param builds oldest first */
    Html durations(List<BuildSum> builds) {
        Html html = new Html();
        html.open("section", "class", "charts", "aria-label", "Durations over builds");
        html.element("h2", "Duration per stage");
        html.open("div", "class", "tiles");
        tile(html, duration(builds, "Whole build", DrawCharts::point));
        for (String stage : stages(builds)) {
            tile(html, duration(builds, stage, build -> point(build, stage)));
        }
        return html.close().close();
    }

    private static List<String> stages(List<BuildSum> builds) {
        return StageTable.inOrder(
                builds.stream().flatMap(build -> build.stages().stream().map(BuildSum.Stage::stage)));
    }

    private Tile duration(List<BuildSum> builds, String name, Function<BuildSum, Point> point) {
        List<Point> points = builds.stream().map(point).toList();
        OptionalDouble mean =
                points.stream().filter(Point::good).mapToDouble(Point::seconds).average();
        return new Tile(
                CleanText.capital(name),
                Span.show(mean),
                "average",
                new Bars(Bars.joined(points, MOST_BARS, DrawCharts::bar), mean, OptionalDouble.empty()),
                "#" + CleanText.cut(points.get(0).number(), 12),
                points.size() < 2
                        ? ""
                        : "#" + CleanText.cut(points.get(points.size() - 1).number(), 12));
    }

    /**
     * @param ran whether the build came to the stage
     * @param good whether it ended well there
     */
    private record Point(String number, boolean ran, double seconds, boolean good, boolean bad) {}

    private static Point point(BuildSum build) {
        return new Point(
                build.number(),
                true,
                build.seconds(),
                build.outcome() == Outcome.SUCCESS,
                build.outcome() == Outcome.FAILED);
    }

    private static Point point(BuildSum build, String name) {
        return build.stage(name)
                .filter(BuildSum.Stage::ran)
                .map(stage -> new Point(
                        build.number(),
                        true,
                        stage.seconds(),
                        stage.status() == Status.DONE,
                        stage.status() == Status.FAILED))
                .orElseGet(() -> new Point(build.number(), false, 0, false, false));
    }

    /** One build as it was; of several, the average of those that came to the stage. */
    private static Bar bar(List<Point> points) {
        OptionalDouble seconds =
                points.stream().filter(Point::ran).mapToDouble(Point::seconds).average();
        String builds = "#" + CleanText.cut(points.get(0).number(), 12)
                + (points.size() == 1
                        ? ""
                        : " to #" + CleanText.cut(points.get(points.size() - 1).number(), 12));
        boolean bad = points.size() == 1 && points.get(0).bad();
        return new Bar(
                seconds, bad, builds + ": " + (seconds.isPresent() ? Span.show(seconds.getAsDouble()) : "not run"));
    }

    private static void tile(Html html, Tile tile) {
        html.line().open("figure", "class", "tile");
        html.open("figcaption")
                .element("span", tile.name())
                .element("b", tile.figure())
                .element("small", tile.note());
        html.close();
        html.add(tile.bars().draw(tile.name() + " " + tile.figure() + ", " + tile.note()));
        html.open("p").element("span", tile.from()).element("span", tile.to()).close();
        html.close();
    }
}
