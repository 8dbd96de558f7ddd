package io.github.ecsmaven.smoke;

import io.github.ecsmaven.DurationText;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Chromium or Chrome of this machine, which prints the document of a page ({@code --dump-dom}). */
final class Chromium implements Browser {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");

    /** What scripts of a page may take, by the page's own clock. */
    private static final Duration OF_PAGE = Duration.ofSeconds(10);

    private static final int COMPLAINTS = 5;
    private static final Pattern CONSOLE = Pattern.compile(":CONSOLE(?:[:(]\\d+\\)?)*] \"(.*)\", source:");
    private static final Pattern TROUBLE =
            Pattern.compile("Uncaught|Failed to load|Failed to fetch|Refused to|blocked by|Error");

    private final Path program;
    private final boolean asRoot;

    /** @param asRoot Chromium does not start as root with a sandbox of its own around the page */
    Chromium(Path program, boolean asRoot) {
        this.program = program;
        this.asRoot = asRoot;
    }

    /** The first on the path. */
    static Optional<Path> find(String path) {
        return Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .flatMap(folder -> NAMES.stream().map(folder::resolve))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public Page look(URI url, Duration timeout) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("ecs-smoke");
        try {
            return look(url, timeout, folder);
        } finally {
            delete(folder);
        }
    }

    private Page look(URI url, Duration timeout, Path folder) throws IOException, InterruptedException {
        Path document = folder.resolve("document.html");
        Path console = folder.resolve("console.log");
        Process process = new ProcessBuilder(command(url, folder))
                .redirectOutput(document.toFile())
                .redirectError(console.toFile())
                .start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("no document within " + DurationText.show(timeout));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        List<String> said = Files.readString(console).lines().toList();
        String shown = Files.readString(document);
        if (process.exitValue() != 0 || shown.isBlank()) {
            throw new IOException("exit code " + process.exitValue()
                    + said.stream()
                            .reduce((one, last) -> last)
                            .map(line -> ", " + Excerpt.line(line))
                            .orElse(""));
        }
        return new Page(shown, complaints(said));
    }

    private List<String> command(URI url, Path folder) {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--headless",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-extensions",
                "--disable-background-networking",
                "--user-data-dir=" + folder.resolve("profile"),
                "--enable-logging=stderr",
                "--virtual-time-budget=" + OF_PAGE.toMillis(),
                "--dump-dom"));
        if (asRoot) {
            command.add("--no-sandbox");
        }
        command.add(url.toString());
        return command;
    }

    /** What the page has said on its console, as far as it tells of a fault. */
    static List<String> complaints(List<String> said) {
        return said.stream()
                .map(CONSOLE::matcher)
                .filter(Matcher::find)
                .map(line -> line.group(1))
                .filter(text -> TROUBLE.matcher(text).find())
                .map(Excerpt::line)
                .distinct()
                .limit(COMPLAINTS)
                .toList();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        }
    }
}
