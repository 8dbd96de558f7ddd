package io.github.ecsmaven.notify;

import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.BuildRecord.Link;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is told as names with values: for a template, and for a topic's attributes. */
final class NoticeFields {
    /** Those by which a subscription may choose. */
    static final Set<String> SHORT =
            Set.of("event", "status", "project", "branch", "number", "stage", "service", "commit");

    private NoticeFields() {}

    /** All fields in a fixed order; one that the build has no value for is empty. */
    static Map<String, String> of(Notice notice) {
        BuildRecord build = notice.build();
        Optional<BuildRecord.Source> source = build.source();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("subject", notice.subject());
        fields.put("event", notice.event().text());
        fields.put("status", build.outcome() == BuildRecord.Outcome.SUCCESS ? "success" : "failed");
        fields.put("project", build.name());
        fields.put("module", build.project());
        fields.put("version", build.version());
        fields.put("number", build.number());
        fields.put("branch", notice.branch().orElse(""));
        fields.put("commit", source.flatMap(BuildRecord.Source::commit).orElse(""));
        fields.put(
                "author",
                source.flatMap(BuildRecord.Source::author)
                        .map(BuildRecord.Person::name)
                        .orElse(""));
        fields.put("message", notice.message().orElse(""));
        fields.put("stage", notice.failed().map(Notice.Failed::stage).orElse(""));
        fields.put("error", notice.failed().map(failed -> failed.error().what()).orElse(""));
        fields.put(
                "evidence",
                notice.failed()
                        .map(failed -> String.join("\n", failed.error().evidence()))
                        .orElse(""));
        fields.put(
                "next", notice.failed().flatMap(failed -> failed.error().next()).orElse(""));
        fields.put("tests", notice.failed().map(NoticeFields::tests).orElse(""));
        fields.put("duration", Notice.time(build.seconds()));
        fields.put(
                "service",
                notice.services().map(BuildRecord.Service::service).distinct().collect(Collectors.joining(",")));
        fields.put("image", image(build));
        fields.put("bucket", notice.uploads().map(BuildRecord.Upload::place).collect(Collectors.joining(",")));
        fields.put("url", link(notice, "Build"));
        fields.put("serviceUrl", link(notice, "Service"));
        fields.put("siteUrl", link(notice, "Site"));
        fields.put("console", link(notice, "Console"));
        fields.put("text", DrawText.run(notice));
        return fields;
    }

    private static String tests(Notice.Failed failed) {
        return failed.tests().stream()
                .map(test -> test.test() + ": " + test.message())
                .collect(Collectors.joining("\n"));
    }

    private static String image(BuildRecord build) {
        return build.modules().stream()
                .flatMap(module -> module.image().stream())
                .map(image -> image.registry().map(host -> host + "/").orElse("")
                        + image.repository().map(name -> name + "@").orElse("")
                        + image.digest())
                .collect(Collectors.joining(","));
    }

    private static String link(Notice notice, String name) {
        return first(notice.links(), link -> link.name().startsWith(name));
    }

    private static String first(List<Link> links, Function<Link, Boolean> wanted) {
        return links.stream().filter(wanted::apply).map(Link::url).findFirst().orElse("");
    }
}
