package io.github.ecsmaven.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Starts the background process, in a session of its own: Ctrl-C in Maven's terminal doesn't reach it. */
final class ServerProcess {
    private static final long LARGEST_LOG = 1 << 20;

    /** Measured: under 150 MiB resident and quick to start; without nodelay each answer waits 40 ms for an ACK. */
    private static final List<String> FLAGS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-Xmx64m",
            "-Xss512k",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dsun.net.httpserver.nodelay=true",
            "-Djava.awt.headless=true");

    private final Path home;
    private final Path java;
    private final String classPath;

    ServerProcess(Path home, Path java, String classPath) {
        this.home = home;
        this.java = java;
        this.classPath = classPath;
    }

    /** In the background, or in the foreground: then it ends when the input of the process that is returned is closed. */
    Process start(int port, boolean foreground) throws IOException {
        Path log = log();
        if (Files.exists(log) && Files.size(log) > LARGEST_LOG) {
            Files.move(log, home.resolve(HomeFiles.OLD_LOG), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(log)) {
            Files.createFile(log, OwnerOnly.file());
        }
        ProcessBuilder builder = new ProcessBuilder(
                command(port, detached(), foreground, OwnCopy.of(classPath, home.resolve(OwnCopy.FOLDER))));
        clean(builder.environment());
        return builder.directory(home.toFile())
                .redirectInput(foreground ? ProcessBuilder.Redirect.PIPE : nothing())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    Path log() {
        return home.resolve(HomeFiles.LOG);
    }

    /** What the log got since it had this size, its last lines. */
    List<String> lastLines(long since, int count) throws IOException {
        byte[] all = Files.readAllBytes(log());
        int from = since > all.length ? 0 : (int) since;
        List<String> lines = new String(all, from, all.length - from, StandardCharsets.UTF_8)
                .lines()
                .toList();
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }

    private static ProcessBuilder.Redirect nothing() {
        return ProcessBuilder.Redirect.from(new File(isWindows() ? "NUL" : "/dev/null"));
    }

    List<String> command(int port, List<String> detached, boolean foreground, String copy) {
        List<String> command = new ArrayList<>(detached);
        command.add(java.toString());
        command.addAll(FLAGS);
        // Docker's settings are looked for in the home that Maven was told.
        command.add("-Duser.home=" + System.getProperty("user.home"));
        command.addAll(List.of("-cp", copy, SandboxMain.class.getName(), home.toString(), String.valueOf(port)));
        if (foreground) {
            command.add(SandboxMain.FOREGROUND);
        }
        return command;
    }

    /** Options meant for other JVMs would change this one, and the user's AWS keys are none of its business. */
    static void clean(Map<String, String> environment) {
        environment
                .keySet()
                .removeIf(name -> name.startsWith("AWS_")
                        || List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH")
                                .contains(name));
    }

    /** Its files are for their owner alone, whatever the umask of Maven's terminal is. */
    private static List<String> detached() {
        if (isWindows()) {
            return List.of();
        }
        boolean hasSetsid =
                Stream.of("/usr/bin/setsid", "/bin/setsid").anyMatch(file -> Files.isExecutable(Path.of(file)));
        // ignored signals stay ignored over exec, and the JVM leaves them so
        String detach = hasSetsid ? "exec setsid \"$@\"" : "trap '' INT HUP; exec \"$@\"";
        return List.of("/bin/sh", "-c", "umask 077; " + detach, "sh");
    }

    private static boolean isWindows() {
        return File.separatorChar == '\\';
    }
}
