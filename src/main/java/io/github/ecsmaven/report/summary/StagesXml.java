package io.github.ecsmaven.report.summary;

import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.BuildRecord.Failure;
import io.github.ecsmaven.report.BuildRecord.Module;
import io.github.ecsmaven.report.BuildRecord.Stage;
import io.github.ecsmaven.report.BuildRecord.StageError;
import io.github.ecsmaven.report.BuildRecord.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The stages of a build in the form of JUnit's reports, which most CIs show: a suite for each module, a case for each stage. One that failed is a failure,
 * one that was interrupted an error; one that properties leave out or that the build did not come to is skipped.
 */
public final class StagesXml {
    private StagesXml() {}

    public static byte[] of(BuildRecord build) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
        build.modules().forEach(module -> suite(xml, build, module));
        return xml.append("</testsuites>\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void suite(StringBuilder xml, BuildRecord build, Module module) {
        List<Stage> stages = module.stages();
        xml.append("  <testsuite");
        attribute(xml, "name", "Stages of " + module.name());
        attribute(xml, "tests", String.valueOf(stages.size()));
        attribute(xml, "failures", count(stages, Status.FAILED));
        attribute(xml, "errors", count(stages, Status.INTERRUPTED));
        attribute(xml, "skipped", count(stages, Status.SKIPPED, Status.NOT_RUN));
        attribute(
                xml, "time", seconds(stages.stream().mapToDouble(Stage::seconds).sum()));
        // As in JUnit's own reports: no fractions.
        attribute(xml, "timestamp", build.started().replaceFirst("(\\.\\d+)?Z$", ""));
        xml.append(">\n");
        for (Stage stage : stages) {
            xml.append("    <testcase");
            attribute(xml, "name", stage.stage());
            attribute(xml, "classname", "ecs." + module.name());
            attribute(xml, "time", seconds(stage.seconds()));
            xml.append('>');
            end(xml, stage);
            xml.append("</testcase>\n");
        }
        xml.append("  </testsuite>\n");
    }

    private static void end(StringBuilder xml, Stage stage) {
        switch (stage.status()) {
            case DONE -> {}
            case SKIPPED -> skipped(xml, "Properties leave it out.");
            case NOT_RUN -> skipped(xml, "The build ended before it.");
            case FAILED -> broken(xml, "failure", stage);
            case INTERRUPTED -> broken(xml, "error", stage);
        }
    }

    private static void skipped(StringBuilder xml, String why) {
        xml.append("<skipped");
        attribute(xml, "message", why);
        xml.append("/>");
    }

    private static void broken(StringBuilder xml, String element, Stage stage) {
        xml.append('<').append(element);
        attribute(xml, "message", stage.error().map(StageError::what).orElse("It was interrupted."));
        attribute(xml, "type", stage.status().name());
        xml.append('>').append(escaped(why(stage))).append("</").append(element).append('>');
    }

    private static String why(Stage stage) {
        Stream<String> tests =
                stage.tests().stream().flatMap(some -> some.failures().stream()).map(StagesXml::line);
        Stream<String> error = stage.error().stream()
                .flatMap(known -> Stream.concat(
                        known.evidence().stream(), known.next().stream().map(next -> "Next: " + next)));
        return Stream.concat(tests, error).collect(Collectors.joining("\n"));
    }

    private static String line(Failure failure) {
        return failure.test() + failure.place().map(place -> " (" + place + ")").orElse("") + ": " + failure.message();
    }

    private static String count(List<Stage> stages, Status... wanted) {
        return String.valueOf(stages.stream()
                .filter(stage -> List.of(wanted).contains(stage.status()))
                .count());
    }

    /** By hand, as all of this: the JDK's writer and formatter cost a build's end more than the rest. */
    private static String seconds(double seconds) {
        long millis = Math.round(1000 * seconds);
        return millis / 1000 + "." + String.valueOf(1000 + millis % 1000).substring(1);
    }

    private static void attribute(StringBuilder xml, String name, String value) {
        xml.append(' ').append(name).append("=\"").append(escaped(value)).append('"');
    }

    /** Without what XML 1.0 can't hold. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().filter(StagesXml::isLegal).forEach(sign -> {
            switch (sign) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(sign);
            }
        });
        return escaped.toString();
    }

    private static boolean isLegal(int sign) {
        return sign == '\n'
                || sign == '\t'
                || sign >= ' ' && sign != 0xFFFE && sign != 0xFFFF && (sign < 0xD800 || sign > 0xDFFF);
    }
}
