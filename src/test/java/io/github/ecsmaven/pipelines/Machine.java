package io.github.ecsmaven.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What all CI products do: clone a repository into a fresh folder, run commands there, and carry files to the next machine. */
public final class Machine {
    private static final String BRANCH = "main";

    private final Path repository;
    private final Path folder;
    private final Map<String, String> environment;
    private final StringBuilder console = new StringBuilder();
    private final List<String> events = new ArrayList<>();
    private int workspaces;
    private @Nullable String commit;

    /**
     * @param repository that is built, its branch {@code main}
     * @param folder for workspaces and artifacts; must not be there yet
     * @param environment of all commands, beside the product's own
     */
    public Machine(Path repository, Path folder, Map<String, String> environment) {
        this.repository = repository;
        this.folder = folder;
        this.environment = Map.copyOf(environment);
    }

    String branch() {
        return BRANCH;
    }

    /** An empty folder, as another machine has it. */
    Path workspace() {
        return create(folder.resolve("workspace-" + ++workspaces));
    }

    /** Where artifacts of a name lie. */
    Path store(String name) {
        return folder.resolve("artifacts").resolve(name);
    }

    /** That of the push which the run is for. */
    String commit() {
        if (commit == null) {
            commit = output(repository, "git", "rev-parse", BRANCH).strip();
        }
        return commit;
    }

    /** The commit of the run, into an empty folder. */
    void checkOut(Path workspace) {
        checkOut(workspace, commit());
    }

    /** What the branch holds by now, which may be another commit. */
    void checkOutNewest(Path workspace) {
        checkOut(workspace, BRANCH);
    }

    private void checkOut(Path workspace, String what) {
        output(folder, "git", "clone", "-q", "-b", BRANCH, repository.toUri().toString(), workspace.toString());
        output(workspace, "git", "checkout", "-q", "--detach", what);
    }

    void event(String event) {
        events.add(event);
    }

    /** @return whether the command ended well */
    boolean run(Path workspace, Map<String, String> more, String... command) {
        ProcessBuilder process = process(workspace, more, command);
        try {
            console.append("$ ").append(command[command.length - 1]).append('\n');
            Process started = process.start();
            started.getOutputStream().close();
            console.append(new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            return started.waitFor() == 0;
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** What a command says that has to end well. */
    String output(Path workspace, String... command) {
        int before = console.length();
        assertThat(run(workspace, Map.of(), command))
                .as(console.substring(before))
                .isTrue();
        return console.substring(console.indexOf("\n", before) + 1);
    }

    private ProcessBuilder process(Path workspace, Map<String, String> more, String... command) {
        ProcessBuilder process =
                new ProcessBuilder(command).directory(workspace.toFile()).redirectErrorStream(true);
        process.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("MAVEN_"));
        process.environment().putAll(environment);
        process.environment().putAll(more);
        return process;
    }

    String console() {
        return console.toString();
    }

    Ran end(boolean passed) {
        return new Ran(passed, events, console.toString());
    }

    /** How many files were copied, with their paths; patterns are those of Ant, a folder's ends with a slash. */
    static int copy(Path from, Path to, List<String> patterns) {
        return copy(from, to, patterns, List.of());
    }

    static int copy(Path from, Path to, List<String> patterns, List<String> excluded) {
        List<PathMatcher> matchers = patterns.stream().flatMap(Machine::globs).toList();
        List<PathMatcher> others = excluded.stream().flatMap(Machine::globs).toList();
        try (Stream<Path> files = Files.walk(from)) {
            List<Path> found = files.filter(Files::isRegularFile)
                    .map(from::relativize)
                    .filter(path -> matchers.stream().anyMatch(matcher -> matcher.matches(path)))
                    .filter(path -> others.stream().noneMatch(matcher -> matcher.matches(path)))
                    .toList();
            for (Path file : found) {
                Path target = to.resolve(file.toString());
                Files.createDirectories(target.getParent());
                Files.copy(
                        from.resolve(file),
                        target,
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
            return found.size();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** Java's {@code **}{@code /} stands for at least one folder. */
    private static Stream<PathMatcher> globs(String pattern) {
        String whole = pattern.endsWith("/") ? pattern + "**" : pattern;
        return Stream.of(whole, whole.replace("**/", ""))
                .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob));
    }

    private static Path create(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
