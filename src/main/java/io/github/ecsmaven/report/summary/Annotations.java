package io.github.ecsmaven.report.summary;

import io.github.ecsmaven.report.BrokenStage;
import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.BuildRecord.Failure;
import io.github.ecsmaven.report.BuildRecord.Stage;
import io.github.ecsmaven.report.BuildRecord.Status;
import io.github.ecsmaven.report.CompilerError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why a build failed, as workflow commands of GitHub Actions: each is shown beside its line of the change. A runner takes {@value #MOST} errors of a step and
 * passes over the rest.
 */
public final class Annotations {
    private static final int MOST = 10;

    private final SourceFiles files;

    public Annotations(SourceFiles files) {
        this.files = files;
    }

    /** Lines for the standard output, each with nothing before it; none for a build that did not fail. */
    public List<String> of(BuildRecord build) {
        return BrokenStage.of(build).stream()
                .filter(broken -> broken.stage().status() == Status.FAILED)
                .flatMap(broken -> of(broken.stage(), broken.where(build)))
                .limit(MOST)
                .toList();
    }

    private Stream<String> of(Stage stage, String where) {
        List<Failure> failures = stage.tests().map(BuildRecord.Tests::failures).orElse(List.of());
        if (!failures.isEmpty()) {
            return failures.stream()
                    .map(failure -> command(
                            failure.file(), failure.line(), failure.test() + " failed" + where, failure.message()));
        }
        List<CompilerError> errors = stage.error().map(CompilerError::in).orElse(List.of());
        if (!errors.isEmpty()) {
            return errors.stream()
                    .map(error -> command(
                            Optional.of(error.file()),
                            Optional.of(error.line()),
                            stage.stage() + " failed" + where,
                            error.message()));
        }
        return Stream.of(
                command(Optional.empty(), Optional.empty(), stage.stage() + " failed" + where, sentence(stage)));
    }

    private static String sentence(Stage stage) {
        return stage.error()
                .map(error -> error.what()
                        + error.next().map(next -> "\nNext: " + next).orElse(""))
                .orElse("See the log.");
    }

    private String command(Optional<String> file, Optional<Integer> line, String title, String message) {
        List<String> properties = new ArrayList<>();
        file.flatMap(files::below).ifPresent(path -> {
            properties.add("file=" + property(path));
            line.ifPresent(number -> properties.add("line=" + number));
        });
        properties.add("title=" + property(title));
        return "::error " + String.join(",", properties) + "::" + data(message);
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
