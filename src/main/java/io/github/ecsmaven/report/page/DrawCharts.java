package io.github.ecsmaven.report.page;

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
import java.util.Optional;
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
        tile(html, duration(builds, "Whole build", DrawCharts::whole));
        for (String stage : stages(builds)) {
            tile(html, duration(builds, stage, build -> build.stage(stage)));
        }
        return html.close().close();
    }

    private static List<String> stages(List<BuildSum> builds) {
        return StageTable.inOrder(
                builds.stream().flatMap(build -> build.stages().stream().map(BuildSum.Stage::stage)));
    }

    /** @param took empty where a build did not come to it */
    private Tile duration(List<BuildSum> builds, String name, Function<BuildSum, Optional<BuildSum.Stage>> took) {
        Mean all = new Mean();
        for (BuildSum build : builds) {
            took.apply(build).filter(stage -> stage.status() == Status.DONE).ifPresent(all::add);
        }
        return new Tile(
                CleanText.capital(name),
                Span.show(all.value()),
                "average",
                new Bars(Bars.joined(builds, MOST_BARS, some -> bar(some, took)), all.value(), OptionalDouble.empty()),
                number(builds.get(0)),
                builds.size() < 2 ? "" : number(builds.get(builds.size() - 1)));
    }

    /** The build as if it were a stage. */
    private static Optional<BuildSum.Stage> whole(BuildSum build) {
        Status status =
                switch (build.outcome()) {
                    case SUCCESS -> Status.DONE;
                    case FAILED -> Status.FAILED;
                    case INTERRUPTED -> Status.INTERRUPTED;
                };
        return Optional.of(new BuildSum.Stage("", status, build.seconds(), true));
    }

    /** One build as it was; of several, the average of those that came to the stage. */
    private static Bar bar(List<BuildSum> builds, Function<BuildSum, Optional<BuildSum.Stage>> took) {
        Mean mean = new Mean();
        boolean bad = false;
        for (BuildSum build : builds) {
            Optional<BuildSum.Stage> stage = took.apply(build).filter(BuildSum.Stage::ran);
            stage.ifPresent(mean::add);
            bad = stage.filter(one -> one.status() == Status.FAILED).isPresent();
        }
        OptionalDouble seconds = mean.value();
        String names =
                number(builds.get(0)) + (builds.size() == 1 ? "" : " to " + number(builds.get(builds.size() - 1)));
        return new Bar(
                seconds,
                bad && builds.size() == 1,
                names + ": " + (seconds.isPresent() ? Span.show(seconds.getAsDouble()) : "not run"));
    }

    private static String number(BuildSum build) {
        return "#" + CleanText.cut(build.number(), 12);
    }

    /** Of seconds. */
    private static final class Mean {
        private double sum;
        private int count;

        void add(BuildSum.Stage stage) {
            sum += stage.seconds();
            count++;
        }

        OptionalDouble value() {
            return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
        }
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
