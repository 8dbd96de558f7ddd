package io.github.ecsmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ecsmaven.GitCommit;
import io.github.ecsmaven.goal.SourceFiles;
import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.FolderHistory;
import io.github.ecsmaven.report.History;
import io.github.ecsmaven.sandbox.SandboxClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;

/**
 * A sample project of its own below {@code target/e2e}, and Maven calls on it: from the plugin's repository, with a
 * sandbox that is shared by one test class.
 */
final class MavenBuild {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** Short builds: a quick start is worth more than fast code. Huge pages are Linux's. */
    private static final String QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto"
            + " -XX:+IgnoreUnrecognizedVMOptions -XX:+UseTransparentHugePages";

    static final String MAVEN_OPTS = QUICK_START + " -Xmx512m";

    private static final Path E2E = Path.of("target", "e2e").toAbsolutePath();

    private final String artifactId;
    private final Path folder;
    private final Path sandbox;
    private String maven = "3.9.12";
    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();

    private MavenBuild(String artifactId, Path folder, Path sandbox) {
        this.artifactId = artifactId;
        this.folder = folder;
        this.sandbox = sandbox;
    }

    /**
     * A fresh copy of the sample without a framework, for one test; the sandbox lies beside it and is shared by the
     * group. The copy has a group id of its own, by which its containers are told from those of others; its unit test is
     * left out, to be quick.
     */
    static MavenBuild clock(String group, String name) {
        MavenBuild build = new MavenBuild("clock", E2E.resolve(group).resolve(name), sandboxHome(group));
        build.copySample("plain-http");
        delete(build.folder.resolve("src/test/java/shop/clock/ClockTest.java"));
        return build;
    }

    /** The same of the quick start's application with Spring Boot, with all its tests. */
    static MavenBuild greeting(String group, String name) {
        MavenBuild build = new MavenBuild("greeting", E2E.resolve(group).resolve(name), sandboxHome(group));
        build.copySample("quickstart");
        return build;
    }

    /** The sample with a library and two services. */
    static MavenBuild reactor(String group, String name) {
        MavenBuild build = new MavenBuild("shop", E2E.resolve(group).resolve(name), sandboxHome(group));
        delete(build.folder);
        copy(Path.of("src", "it", "reactor"), build.folder);
        for (String pom : List.of(
                "pom.xml", "words/pom.xml", "hello/pom.xml", "farewell/pom.xml", "web/pom.xml", "kiosk/pom.xml")) {
            build.edit(pom, "<groupId>shop</groupId>", "<groupId>" + build.groupId() + "</groupId>");
        }
        return build;
    }

    /** Gives an empty project a POM of these modules, which are deployed to the cluster uat. */
    MavenBuild parentOf(List<String> modules) {
        return write("pom.xml", """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>shop</groupId><artifactId>shop</artifactId><version>1</version><packaging>pom</packaging>
                  <properties><ecs.cluster>uat</ecs.cluster></properties>
                  <build><plugins><plugin>
                    <groupId>io.github.ecsmaven</groupId><artifactId>ecs-maven-plugin</artifactId>
                    <version>0.1.0-SNAPSHOT</version><extensions>true</extensions>
                  </plugin></plugins></build>
                  <modules><module>%s</module></modules>
                </project>
                """.formatted(String.join("</module><module>", modules)));
    }

    /** Makes a git repository of the project, with a commit of all that is there. */
    MavenBuild inGit() {
        write(".gitignore", "target/\n*.log\n");
        try (Git git = Git.init().setDirectory(folder.toFile()).call()) {
            git.add().addFilepattern(".").call();
            GitCommit.of(git, "first");
            return this;
        } catch (GitAPIException error) {
            throw new IllegalStateException(error);
        }
    }

    /**
     * A fresh clone beside this one, to which files and folders are copied as a CI's artifacts are: they are new.
     *
     * @param handedOver named from the project's folder
     */
    MavenBuild cloneWith(String name, String... handedOver) {
        MavenBuild clone = new MavenBuild(artifactId, folder.resolveSibling(name), sandbox);
        delete(clone.folder);
        try {
            Git.cloneRepository()
                    .setURI(folder.toUri().toString())
                    .setDirectory(clone.folder.toFile())
                    .call()
                    .close();
            for (String path : handedOver) {
                Path to = clone.folder.resolve(path);
                Files.createDirectories(to.getParent());
                copy(folder.resolve(path), to);
            }
            return clone;
        } catch (GitAPIException error) {
            throw new IllegalStateException(error);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** The checksums of files, by their names from the project's folder; of folders, all that is in them. */
    Map<String, String> contents(String... paths) {
        return files(SourceFiles::id, paths);
    }

    /** The same of the times at which they were written. */
    Map<String, String> times(String... paths) {
        return files(file -> Files.getLastModifiedTime(file).toString(), paths);
    }

    private interface About {
        String of(Path file) throws IOException;
    }

    private Map<String, String> files(About about, String... paths) {
        Map<String, String> files = new TreeMap<>();
        for (String path : paths) {
            try (Stream<Path> found = Files.walk(folder.resolve(path))) {
                for (Path file : found.filter(Files::isRegularFile).toList()) {
                    files.put(folder.relativize(file).toString(), about.of(file));
                }
            } catch (IOException error) {
                throw new UncheckedIOException(error);
            }
        }
        return files;
    }

    private void copySample(String sample) {
        delete(folder);
        delete(historyFolder());
        copy(Path.of("src", "it", sample), folder);
        edit("pom.xml", "<groupId>shop</groupId>", "<groupId>" + groupId() + "</groupId>");
    }

    /** A project that has to be written first. */
    static MavenBuild empty(String group, String name) {
        Path folder = E2E.resolve(group).resolve(name);
        delete(folder);
        return new MavenBuild(name, folder, sandboxHome(group));
    }

    /** The records of this project in the history that a group of builds shares, oldest first. */
    List<BuildRecord> history() {
        return new History(new FolderHistory(historyFolder()), Clock.systemUTC(), text -> {
                    throw new AssertionError(text);
                })
                .latest(100);
    }

    private Path historyFolder() {
        return sandbox.resolveSibling("history").resolve(groupId() + "." + artifactId);
    }

    /** Where the sandbox of a group of builds keeps its state. */
    static Path sandboxHome(String group) {
        return E2E.resolve(group).resolve("sandbox");
    }

    /** Ends the sandbox of a group, if there is one, and forgets it: what is left of an interrupted run, too. */
    static void forgetSandbox(String group) {
        if (Files.exists(sandboxHome(group))) {
            SandboxClients.of(sandboxHome(group)).stop(true);
        }
    }

    private String groupId() {
        return "shop" + Integer.toHexString(folder.hashCode());
    }

    /** Waits until the project has no temporary container any more. */
    void awaitNoContainer() {
        Containers.awaitNoneOf(groupId() + ":" + artifactId);
    }

    /** The ids of its temporary containers that are there now. */
    List<String> containers() {
        return Containers.of(groupId() + ":" + artifactId);
    }

    /** Replaces text in a file of the project; the text must be there. */
    MavenBuild edit(String file, String from, String to) {
        try {
            Path path = folder.resolve(file);
            String text = Files.readString(path);
            assertThat(text).contains(from);
            Files.writeString(path, text.replace(from, to));
            return this;
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    MavenBuild write(String file, String text) {
        try {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
            return this;
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** A file or folder of the project. */
    Path file(String name) {
        return folder.resolve(name).normalize();
    }

    List<String> lines(String file) {
        try {
            return Files.readAllLines(folder.resolve(file));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** The same project with arguments of its own. */
    MavenBuild again() {
        return new MavenBuild(artifactId, folder, sandbox);
    }

    MavenBuild with(String... more) {
        arguments.addAll(List.of(more));
        return this;
    }

    /** Another one than Maven 3.9. */
    MavenBuild maven(String version) {
        maven = version;
        return this;
    }

    /** A variable of Maven's process; empty text removes it. */
    MavenBuild environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Builds against the embedded AWS, to the end. */
    Outcome deploy() {
        return run("deploy", "-Decs.sandbox=true");
    }

    /** Runs phases, and goals written {@code ecs:…}, to the end. Whatever that is, the temporary container is gone then. */
    Outcome run(String... goals) {
        Outcome outcome = start(goals).finish(PATIENCE);
        awaitNoContainer();
        return outcome;
    }

    RunningBuild startDeploy() {
        return start("deploy", "-Decs.sandbox=true");
    }

    /**
     * A wrapper, {@code mvnw}, and {@code .mvn/maven.config}: whoever calls it in a clone of this project builds as here, against the
     * embedded AWS.
     */
    MavenBuild withWrapper() {
        write("mvnw", "#!/bin/sh\nexec " + command() + " \"$@\"\n");
        assertThat(folder.resolve("mvnw").toFile().setExecutable(true)).isTrue();
        return write(".mvn/maven.config", String.join("\n", options()) + "\n-Decs.sandbox=true\n");
    }

    /** Where it lies. */
    Path folder() {
        return folder;
    }

    private String command() {
        return required("e2e.mavens") + "/apache-maven-" + maven + "/bin/mvn";
    }

    /** What finds the plugin, and keeps what a build leaves apart from the user's. */
    private List<String> options() {
        List<String> options = new ArrayList<>(List.of(
                "-gs",
                settings(),
                "-Dmaven.repo.local=" + required("e2e.plugin.repo"),
                "-Dmaven.repo.local.tail=" + required("e2e.local.repo"),
                "-Dmaven.repo.local.tail.ignoreAvailability=true",
                // The JVM of the build's own tests.
                "-DargLine=" + QUICK_START,
                "-Decs.sandbox.home=" + sandbox,
                "-Decs.sandbox.port=0"));
        if (arguments.stream().noneMatch(argument -> argument.startsWith("-Decs.history="))) {
            options.add("-Decs.history=" + sandbox.resolveSibling("history"));
        }
        if (arguments.stream().noneMatch(argument -> argument.startsWith("-Decs.from.image="))) {
            options.add("-Decs.from.image=docker://ecs-maven-plugin/java:17");
        }
        return options;
    }

    RunningBuild start(String... goals) {
        List<String> command = new ArrayList<>(List.of(
                // A process group of its own, so that a signal reaches what a terminal's Ctrl-C would reach.
                "setsid", command(), "-B", "-ntp"));
        command.addAll(options());
        command.addAll(arguments);
        for (String goal : goals) {
            command.add(
                    goal.startsWith("ecs:")
                            ? "io.github.ecsmaven:ecs-maven-plugin:0.1.0-SNAPSHOT:" + goal.substring(4)
                            : goal);
        }
        Path console = folder.resolve("build.log");
        ProcessBuilder process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(console.toFile());
        process.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("MAVEN_"));
        process.environment().put("MAVEN_OPTS", MAVEN_OPTS);
        environment.forEach(process.environment()::put);
        process.environment().values().removeIf(String::isEmpty);
        try {
            return new RunningBuild(process.start(), console);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** Where the last rollout's service answers. */
    String url() {
        return record("redeploy.json").get("services").get(0).get("url").asText();
    }

    /** A record of {@code target/ecs}. */
    JsonNode record(String name) {
        try {
            return new ObjectMapper()
                    .readTree(folder.resolve("target/ecs").resolve(name).toFile());
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** An integration test has run, all of it, and passed. */
    MavenBuild ran(String testClass, int tests) {
        assertThat(lines("target/failsafe-reports/TEST-" + testClass + ".xml")).anySatisfy(line -> assertThat(line)
                .contains("tests=\"" + tests + "\"", "errors=\"0\"", "skipped=\"0\"", "failures=\"0\""));
        return this;
    }

    boolean hasRecord(String name) {
        return Files.exists(folder.resolve("target/ecs").resolve(name));
    }

    /** Always whole: other builds read it meanwhile. */
    private static String settings() {
        try {
            Path file = E2E.resolve("settings.xml");
            Files.createDirectories(E2E);
            String text = Files.readString(Path.of("src", "it", "settings.xml"));
            Path whole = Files.createTempFile(E2E, "settings", ".xml");
            Files.writeString(
                    whole,
                    text.replace(
                            "@localRepositoryUrl@",
                            Path.of(required("e2e.local.repo")).toUri().toString()));
            return Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE).toString();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static String required(String property) {
        String value = System.getProperty(property);
        assertThat(value)
                .as("the system property %s, set by ./mvnw verify", property)
                .isNotNull();
        return value;
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(path -> !path.startsWith(from.resolve("target")))
                    .toList()) {
                Path target = file.equals(from)
                        ? to
                        : to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** A build that is under way. */
    record RunningBuild(Process process, Path console) {
        /** Waits until the console holds the pattern. */
        RunningBuild awaitLine(String pattern) {
            Pattern wanted = Pattern.compile(pattern);
            Await.until("console with " + pattern, PATIENCE, () -> {
                assertThat(process.isAlive() || wanted.matcher(text()).find())
                        .as("the build ended without '%s':%n%s", pattern, text())
                        .isTrue();
                return wanted.matcher(text()).find();
            });
            return this;
        }

        /** Sends a signal to Maven's process alone, as {@code kill} does. */
        RunningBuild signal(String name) {
            return kill(name, String.valueOf(process.pid()));
        }

        /** Sends a signal to Maven and all its children, as a terminal's Ctrl-C does. */
        RunningBuild signalGroup(String name) {
            return kill(name, "-" + process.pid());
        }

        private RunningBuild kill(String name, String target) {
            try {
                assertThat(new ProcessBuilder("kill", "-s", name, "--", target)
                                .start()
                                .waitFor())
                        .isZero();
                return this;
            } catch (IOException error) {
                throw new UncheckedIOException(error);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }

        Outcome finish(Duration patience) {
            try {
                boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
                if (!ended) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                }
                assertThat(ended)
                        .as("the build ends within %s:%n%s", patience, text())
                        .isTrue();
                return new Outcome(process.exitValue(), text());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }

        private String text() {
            try {
                return Files.readString(console, StandardCharsets.UTF_8);
            } catch (IOException error) {
                throw new UncheckedIOException(error);
            }
        }
    }

    /** How a build ended, and all that it said. */
    record Outcome(int exit, String console) {
        Outcome succeeds() {
            assertThat(exit).as(console).isZero();
            return this;
        }

        Outcome says(String... texts) {
            assertThat(console).contains(texts);
            return this;
        }

        /** Fails, says each of these texts, ends with an advice, and shows no stack trace. */
        Outcome failsWith(String... texts) {
            assertThat(exit).as(console).isNotZero();
            assertThat(console)
                    .contains(texts)
                    .contains("Next: ")
                    .doesNotContain("providers in the chain")
                    .doesNotContainPattern("(?m)^\\s+at [a-z]+\\.");
            return this;
        }
    }
}
