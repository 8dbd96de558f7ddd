package io.github.ecsmaven.report.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.BuildRecord.Failure;
import io.github.ecsmaven.report.BuildRecord.Status;
import io.github.ecsmaven.report.Builds;
import java.io.ByteArrayInputStream;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class StagesXmlTest {
    @Test
    void ofABuildIsACaseForEachStage() throws Exception {
        Element suite = suite(Builds.withStages(
                new BuildRecord.Stage(
                        "compile", Status.DONE, Optional.empty(), 1234.5, Optional.empty(), Optional.empty()),
                new BuildRecord.Stage(
                        "package", Status.SKIPPED, Optional.empty(), 0, Optional.empty(), Optional.empty()),
                AnnotationsTest.failed(
                        "integration tests",
                        "There are \u0001<failures>.",
                        new Failure("shop.AIT.a", "1 < 2", Optional.of("src/AIT.java"), Optional.of(7))),
                new BuildRecord.Stage(
                        "push", Status.INTERRUPTED, Optional.empty(), 2, Optional.empty(), Optional.empty()),
                new BuildRecord.Stage(
                        "rollout", Status.NOT_RUN, Optional.empty(), 0, Optional.empty(), Optional.empty())));

        assertThat(attributes(suite, "name", "tests", "failures", "errors", "skipped", "time", "timestamp"))
                .isEqualTo("Stages of orders | 5 | 1 | 1 | 2 | 1258.200 | 2026-11-26T14:53:03");
        NodeList cases = suite.getElementsByTagName("testcase");
        assertThat(IntStream.range(0, 5)
                        .mapToObj(cases::item)
                        .map(Element.class::cast)
                        .map(one -> attributes(one, "classname", "name", "time")
                                + (one.getFirstChild() == null ? "" : " " + child(one))))
                .containsExactly(
                        "ecs.orders | compile | 1234.500",
                        "ecs.orders | package | 0.000 skipped Properties leave it out.",
                        "ecs.orders | integration tests | 21.700 failure There are <failures>.",
                        "ecs.orders | push | 2.000 error It was interrupted.",
                        "ecs.orders | rollout | 0.000 skipped The build ended before it.");
        assertThat(suite.getElementsByTagName("failure").item(0).getTextContent())
                .isEqualTo("shop.AIT.a (src/AIT.java:7): 1 < 2");
    }

    private static String child(Element testcase) {
        Element end = (Element) testcase.getFirstChild();
        return end.getTagName() + " " + end.getAttribute("message");
    }

    private static String attributes(Element element, String... names) {
        return String.join(
                " | ", java.util.Arrays.stream(names).map(element::getAttribute).toList());
    }

    private static Element suite(BuildRecord build) throws Exception {
        return (Element) DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(StagesXml.of(build)))
                .getElementsByTagName("testsuite")
                .item(0);
    }
}
