package io.github.ecsmaven.goal;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.summary.Annotations;
import io.github.ecsmaven.report.summary.SourceFiles;
import io.github.ecsmaven.report.summary.StepSummary;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells a step of GitHub Actions what a Maven call did: in the step's summary, and as annotations. */
final class GitHubStep {
    /** GitHub takes 1 MiB of a step, and nothing at all of one that has more. */
    private static final long ROOM = 1_000_000;

    private final Map<String, String> environment;
    private final SourceFiles files;

    /** @param top folder of the project */
    GitHubStep(Map<String, String> environment, Path top) {
        this.environment = environment;
        this.files = SourceFiles.of(environment, top);
    }

    /**
     * Appends to what other calls of the same step have written.
     *
     * @throws Problem when the file that GitHub names can't be written
     */
    void summarize(BuildRecord call) {
        Optional<String> file = OptionText.text(environment.get("GITHUB_STEP_SUMMARY"));
        if (file.isEmpty()) {
            return;
        }
        try {
            Path path = Path.of(file.get());
            long taken = Files.exists(path) ? Files.size(path) : 0;
            Optional<String> section = new StepSummary(files).of(call, ROOM - taken);
            if (section.isPresent()) {
                Files.writeString(path, section.get(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        } catch (IOException | InvalidPathException unusable) {
            throw Problem.ofMachine(
                    "The step's summary can't be written (GITHUB_STEP_SUMMARY=" + file.get() + ").",
                    List.of(unusable.toString()),
                    "let the step's user write there; ecs.report.github=false leaves the summary out.",
                    unusable);
        }
    }

    /**
     * A runner looks at the beginning of a line, and Maven 4 puts something before what comes by {@code System.out}.
     *
     * @param out the process's own standard output
     */
    void annotate(BuildRecord call, OutputStream out) {
        List<String> lines =
                "true".equals(environment.get("GITHUB_ACTIONS")) ? new Annotations(files).of(call) : List.of();
        if (lines.isEmpty()) {
            return;
        }
        try {
            out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    /** Of this process, with nothing in between. */
    static OutputStream standardOutput() {
        System.out.flush();
        return new FileOutputStream(FileDescriptor.out);
    }
}
