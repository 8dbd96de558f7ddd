package io.github.ecsmaven.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Two builds of CodeBuild with a manual approval between them, as CodePipeline runs them: the second gets what the first has put out.
 * That the ZIP files between keep modes and names with a dot is nowhere promised, so here they don't.
 */
public final class CodeBuild {
    private static final List<String> PHASES = List.of("install", "pre_build", "build", "post_build");

    private final Machine machine;

    public CodeBuild(Machine machine) {
        this.machine = machine;
    }

    public Ran run(String buildspec, String buildspecOfProduction) {
        check(Document.of(buildspec));
        check(Document.of(buildspecOfProduction));
        Path source = machine.workspace();
        machine.checkOut(source);
        loseModes(source);
        if (!build(Document.of(buildspec), source, "output")) {
            return machine.end(false);
        }
        machine.event("approved");
        loseModes(machine.store("output"));
        return machine.end(build(Document.of(buildspecOfProduction), machine.store("output"), "output-of-production"));
    }

    /** All of it before anything runs. */
    private static void check(Document buildspec) {
        buildspec.only("version", "phases", "reports", "artifacts", "cache");
        assertThat(buildspec.text("version")).isEqualTo("0.2");
        Document phases = buildspec.map("phases").only(PHASES.toArray(String[]::new));
        phases.keys().forEach(phase -> phases.map(phase).only("runtime-versions", "commands"));
        Document reports = buildspec.map("reports");
        for (String report : reports.keys()) {
            Document group = reports.map(report).only("files", "file-format");
            assertThat(group.text("file-format")).isEqualTo("JUNITXML");
        }
        buildspec.map("artifacts").only("files");
        buildspec.map("cache").only("paths");
    }

    private boolean build(Document buildspec, Path workspace, String output) {
        Document phases = buildspec.map("phases");
        boolean good = true;
        for (String phase : PHASES) {
            // The last one runs also after a failed build, but not after what failed before that.
            if (phases.has(phase)) {
                good &= phase(phase, phases.map(phase), workspace, good);
                if (!good && !phase.equals("build")) {
                    break;
                }
            }
        }
        for (String report : buildspec.map("reports").keys()) {
            Document group = buildspec.map("reports").map(report);
            if (Machine.copy(workspace, machine.store("reports"), group.texts("files")) > 0) {
                machine.event("report " + report);
            }
        }
        Machine.copy(
                workspace,
                machine.store(output),
                buildspec.map("artifacts").texts("files"),
                List.of("**/.*", "**/.*/**"));
        return good;
    }

    private static void loseModes(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            }
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private boolean phase(String name, Document phase, Path workspace, boolean succeeding) {
        if (!phase.has("commands")) {
            return true;
        }
        Map<String, String> environment = new HashMap<>(Map.of(
                "CODEBUILD_BUILD_ID", "clock:4711",
                "CODEBUILD_BUILD_NUMBER", "7",
                "CODEBUILD_BUILD_SUCCEEDING", succeeding ? "1" : "0",
                "CODEBUILD_RESOLVED_SOURCE_VERSION", machine.commit(),
                "AWS_REGION", "eu-west-1"));
        // One shell, and the phase ends with its first command that fails.
        boolean good =
                machine.run(workspace, environment, "sh", "-e", "-c", String.join("\n", phase.texts("commands")));
        machine.event(name + (good ? "" : " failed"));
        return good;
    }
}
