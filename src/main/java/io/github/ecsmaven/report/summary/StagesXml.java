package io.github.ecsmaven.report.summary;

import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.BuildRecord.Failure;
import io.github.ecsmaven.report.BuildRecord.Module;
import io.github.ecsmaven.report.BuildRecord.Stage;
import io.github.ecsmaven.report.BuildRecord.StageError;
import io.github.ecsmaven.report.BuildRecord.Status;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The stages of a build in the form of JUnit's reports, which most CIs show: a suite for each module, a case for each stage. One that failed is a failure,
 * one that was interrupted an error; one that properties leave out or that the build did not come to is skipped.
 */
public final class StagesXml {
    private StagesXml() {}

    public static byte[] of(BuildRecord build) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml =
                    XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuites");
            for (Module module : build.modules()) {
                suite(xml, build, module);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.flush();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void suite(XMLStreamWriter xml, BuildRecord build, Module module) throws XMLStreamException {
        List<Stage> stages = module.stages();
        xml.writeStartElement("testsuite");
        attribute(xml, "name", "Stages of " + module.name());
        attribute(xml, "tests", String.valueOf(stages.size()));
        attribute(xml, "failures", count(stages, Status.FAILED));
        attribute(xml, "errors", count(stages, Status.INTERRUPTED));
        attribute(xml, "skipped", count(stages, Status.SKIPPED, Status.NOT_RUN));
        attribute(
                xml, "time", seconds(stages.stream().mapToDouble(Stage::seconds).sum()));
        // As in JUnit's own reports: no fractions.
        attribute(xml, "timestamp", build.started().replaceFirst("(\\.\\d+)?Z$", ""));
        for (Stage stage : stages) {
            xml.writeStartElement("testcase");
            attribute(xml, "name", stage.stage());
            attribute(xml, "classname", "ecs." + module.name());
            attribute(xml, "time", seconds(stage.seconds()));
            end(xml, stage);
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static void end(XMLStreamWriter xml, Stage stage) throws XMLStreamException {
        switch (stage.status()) {
            case DONE -> {}
            case SKIPPED -> skipped(xml, "Properties leave it out.");
            case NOT_RUN -> skipped(xml, "The build ended before it.");
            case FAILED -> broken(xml, "failure", stage);
            case INTERRUPTED -> broken(xml, "error", stage);
        }
    }

    private static void skipped(XMLStreamWriter xml, String why) throws XMLStreamException {
        xml.writeEmptyElement("skipped");
        attribute(xml, "message", why);
    }

    private static void broken(XMLStreamWriter xml, String element, Stage stage) throws XMLStreamException {
        xml.writeStartElement(element);
        attribute(xml, "message", stage.error().map(StageError::what).orElse("It was interrupted."));
        attribute(xml, "type", stage.status().name());
        xml.writeCharacters(legal(why(stage)));
        xml.writeEndElement();
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
        String place = failure.file().orElse("")
                + failure.line().map(line -> ":" + line).orElse("");
        return failure.test() + (place.isEmpty() ? "" : " (" + place + ")") + ": " + failure.message();
    }

    private static String count(List<Stage> stages, Status... wanted) {
        return String.valueOf(stages.stream()
                .filter(stage -> List.of(wanted).contains(stage.status()))
                .count());
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }

    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, legal(value));
    }

    /** Without what XML 1.0 can't hold. */
    private static String legal(String text) {
        return text.codePoints()
                .filter(sign -> sign >= ' ' && sign != 0xFFFE && sign != 0xFFFF && (sign < 0xD800 || sign > 0xDFFF)
                        || sign == '\n'
                        || sign == '\t')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
