package io.github.ecsmaven.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * What Surefire and Failsafe reported in their {@code TEST-*.xml}. Of a report in which nothing failed only the first element is
 * read: what tests print lies in it too, and can be long.
 */
public final class ReadTests {
    private static final Pattern FRAME =
            Pattern.compile("\\s*at (?:[^\\s(]*/)?([\\w.$]+)\\.[\\w$<>]+\\(([^:()]+):(\\d+)\\)");

    private final Path top;
    private final List<Path> sources;
    private final Instant begin;
    private final Secrets secrets;

    /**
     * @param top folder of the project, from which a test's file is named
     * @param sources the roots of the module's tests
     * @param begin a report from before it is of another build
     * @param secrets are hidden
     */
    public ReadTests(Path top, List<Path> sources, Instant begin, Secrets secrets) {
        this.top = top;
        this.sources = List.copyOf(sources);
        this.begin = begin;
        this.secrets = secrets;
    }

    /**
     * Empty when nothing was reported.
     *
     * @param folder {@code surefire-reports} or {@code failsafe-reports}
     */
    public Optional<BuildRecord.Tests> in(Path folder) {
        Sum sum = new Sum();
        for (Path report : reports(folder)) {
            try {
                read(report, sum);
            } catch (IOException | XMLStreamException | NumberFormatException cutOff) {
                // As an interrupted build leaves it: the others still count.
                continue;
            }
        }
        return sum.run == 0
                ? Optional.empty()
                : Optional.of(new BuildRecord.Tests(sum.run, sum.failed, sum.errors, sum.skipped, sum.failures));
    }

    private static final class Sum {
        private int run;
        private int failed;
        private int errors;
        private int skipped;
        private final List<BuildRecord.Failure> failures = new ArrayList<>();
    }

    private List<Path> reports(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                    .filter(this::isOfThisBuild)
                    .sorted()
                    .toList();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private boolean isOfThisBuild(Path file) {
        try {
            return !Files.getLastModifiedTime(file).toInstant().isBefore(begin);
        } catch (IOException gone) {
            return false;
        }
    }

    private void read(Path report, Sum sum) throws IOException, XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (InputStream in = Files.newInputStream(report)) {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            xml.nextTag();
            int failed = number(xml, "failures");
            int errors = number(xml, "errors");
            sum.run += number(xml, "tests");
            sum.failed += failed;
            sum.errors += errors;
            sum.skipped += number(xml, "skipped");
            if (failed + errors > 0) {
                readCases(xml, sum.failures);
            }
        }
    }

    private void readCases(XMLStreamReader xml, List<BuildRecord.Failure> failures) throws XMLStreamException {
        String type = "";
        String test = "";
        while (xml.hasNext() && failures.size() < BuildRecord.Tests.MOST_FAILURES) {
            if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            String element = xml.getLocalName();
            if (element.equals("testcase")) {
                type = text(xml, "classname");
                test = text(xml, "name");
            } else if (element.equals("failure") || element.equals("error")) {
                failures.add(failure(type, test, xml));
            }
        }
    }

    private BuildRecord.Failure failure(String type, String test, XMLStreamReader xml) throws XMLStreamException {
        String thrown = text(xml, "type");
        // A secret may hold the white space that is joined here.
        String message =
                secrets.hide(text(xml, "message")).replaceAll("\\s+", " ").strip();
        boolean plain =
                thrown.isEmpty() || thrown.endsWith("AssertionFailedError") || thrown.endsWith("AssertionError");
        String told = message.isEmpty() ? thrown : plain ? message : thrown + ": " + message;
        Matcher at = FRAME.matcher(xml.getElementText());
        while (at.find()) {
            if (at.group(1).equals(type) || at.group(1).startsWith(type + "$")) {
                return new BuildRecord.Failure(
                        name(type, test),
                        CleanText.line(told, secrets),
                        file(type, at.group(2)),
                        Optional.of(Integer.valueOf(at.group(3))));
            }
        }
        return new BuildRecord.Failure(
                name(type, test), CleanText.line(told, secrets), Optional.empty(), Optional.empty());
    }

    /** What breaks before the first test, such as a {@code @BeforeAll}, is reported without a name. The name of one with parameters shows them. */
    private String name(String type, String test) {
        return test.isEmpty() ? type : type + "." + secrets.hide(test);
    }

    private Optional<String> file(String type, String name) {
        int dot = type.lastIndexOf('.');
        String below = (dot < 0 ? "" : type.substring(0, dot).replace('.', '/') + "/") + name;
        return sources.stream()
                .map(root -> root.resolve(below))
                .filter(Files::isRegularFile)
                .filter(file -> file.startsWith(top))
                .map(file -> top.relativize(file).toString().replace('\\', '/'))
                .findFirst();
    }

    private static int number(XMLStreamReader xml, String attribute) {
        String value = text(xml, attribute);
        return value.isEmpty() ? 0 : Integer.parseInt(value);
    }

    private static String text(XMLStreamReader xml, String attribute) {
        @Nullable String value = xml.getAttributeValue(null, attribute);
        return value == null ? "" : value;
    }
}
