package io.github.ecsmaven.container;

import io.github.ecsmaven.DurationText;
import io.github.ecsmaven.Problem;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** The keeper's process as Maven holds it: requests go in, answers come back by their number. */
final class KeeperChannel implements UnaryOperator<String>, AutoCloseable {
    /** Testcontainers' own switch; it knows no other. */
    static final String RYUK_DISABLED = "TESTCONTAINERS_RYUK_DISABLED";

    private static final int KEPT_LINES = 20;

    /**
     * The keeper's longest end: creates under way 10 s, applications 10.5 s (grace, and the end of their logs), services 0.5 s
     * besides their removal, networks: about 22 s, and as much again for the engine's own work.
     */
    private static final long END_SECONDS = 45;

    private static final List<String> FLAGS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            // Else a big machine begins with all of -Xmx, and the first garbage stays resident.
            "-Xms24m",
            "-Xmx256m",
            "-XX:-UsePerfData",
            "-Djava.awt.headless=true",
            "-Dfile.encoding=UTF-8");

    private final Process process;
    private final Writer input;
    private final Map<Long, CompletableFuture<String>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final Deque<String> errors = new ArrayDeque<>();
    private final Thread reader = new Thread(this::readAnswers, "ecs-keeper-answers");
    private final Thread errorReader = new Thread(this::readErrors, "ecs-keeper-errors");
    private final Thread hook = new Thread(this::end, "ecs-keeper-hook");
    private volatile boolean closing;
    private volatile boolean over;

    private KeeperChannel(Process process) {
        this.process = process;
        this.input = new BufferedWriter(process.outputWriter(StandardCharsets.UTF_8));
    }

    static KeeperChannel fork(Keeper.Launch launch) {
        try {
            KeeperChannel channel = new KeeperChannel(builder(launch).start());
            channel.listen();
            return channel;
        } catch (IOException e) {
            throw Problem.ofMachine(
                    "The keeper of the temporary container can't be started",
                    List.of(String.valueOf(e.getMessage())),
                    "check the JDK that runs Maven (JAVA_HOME)",
                    e);
        }
    }

    private static ProcessBuilder builder(Keeper.Launch launch) {
        List<String> command = new ArrayList<>();
        command.add(launch.java().toString());
        command.addAll(FLAGS);
        command.add("-Duser.home=" + launch.scratch().resolve("home").toAbsolutePath());
        command.add("-D" + KeeperHome.PROPERTY + "=" + System.getProperty("user.home"));
        command.addAll(List.of("-cp", launch.classPath(), KeeperMain.class.getName()));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(launch.scratch().toFile());
        Map<String, String> environment = builder.environment();
        clean(environment);
        environment.putIfAbsent(RYUK_DISABLED, launch.ryuk() ? "false" : "true");
        environment.put("TESTCONTAINERS_CHECKS_DISABLE", "true");
        // Else Testcontainers, in a CI container, pulls an image to find the gateway, for minutes; Publishing finds the
        // host.
        environment.putIfAbsent("TESTCONTAINERS_HOST_OVERRIDE", "127.0.0.1");
        environment.putAll(launch.environment());
        return builder;
    }

    /** The keeper has no use for AWS credentials, nor for what other JVMs were told; Docker's and Testcontainers' stay. */
    static void clean(Map<String, String> environment) {
        environment
                .keySet()
                .removeIf(name -> name.startsWith("AWS_")
                        || List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS")
                                .contains(name));
    }

    private void listen() {
        reader.setDaemon(true);
        errorReader.setDaemon(true);
        Runtime.getRuntime().addShutdownHook(hook);
        reader.start();
        errorReader.start();
    }

    @Override
    public String apply(String request) {
        long number = numbers.incrementAndGet();
        CompletableFuture<String> answer = new CompletableFuture<>();
        waiting.put(number, answer);
        try {
            send(new Frame(number, request).line());
        } catch (IOException e) {
            // The process is gone: the reader sees the end of its output and says why, for this request too.
            answer.completeAsync(this::death);
        }
        if (over) {
            answer.complete(death());
        }
        return await(number, answer, AnswerLimit.of(request));
    }

    private String await(long number, CompletableFuture<String> answer, Duration limit) {
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Wire.problem(Problem.ofMachine(
                    "The keeper of the temporary container has not answered for " + DurationText.show(limit),
                    errors(),
                    "check the engine with 'docker info', then run again",
                    e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Wire.problem(Problem.ofMachine(
                    "The build was interrupted while it waited for the temporary container",
                    List.of(),
                    "run the build again",
                    e));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            waiting.remove(number);
        }
    }

    private void send(String line) throws IOException {
        synchronized (input) {
            input.write(line);
            input.write('\n');
            input.flush();
        }
    }

    private void readAnswers() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Optional<Frame> frame = Frame.parse(line);
                if (frame.isPresent()) {
                    answer(frame.get());
                }
            }
        } catch (IOException e) {
            // The same as the end of the output: the process is gone.
        }
        over = true;
        if (!waiting.isEmpty()) {
            String death = death();
            waiting.values().forEach(answer -> answer.complete(death));
        }
    }

    private void answer(Frame frame) {
        CompletableFuture<String> answer = waiting.get(frame.id());
        if (answer != null) {
            answer.complete(frame.body());
        }
    }

    private void readErrors() {
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                keep(line);
            }
        } catch (IOException e) {
            // The process is gone; what it said so far is kept.
        }
    }

    private synchronized void keep(String line) {
        if (errors.size() == KEPT_LINES) {
            errors.removeFirst();
        }
        errors.addLast(line);
    }

    private synchronized List<String> errors() {
        return List.copyOf(errors);
    }

    /** Why there will be no answer. */
    private String death() {
        if (closing) {
            return Wire.problem(Problem.ofMachine(
                    "The build was interrupted; the temporary container is gone.",
                    List.of(),
                    "run the build again.",
                    null));
        }
        return Wire.problem(Problem.ofMachine(
                "The keeper of the temporary container died" + exit(),
                errors(),
                "run the build again; what is left of its containers is removed by the next start",
                null));
    }

    private String exit() {
        try {
            boolean ended = process.waitFor(2, TimeUnit.SECONDS);
            errorReader.join(500);
            return ended ? " (exit code " + process.exitValue() + ")" : "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down already, where the hook does no harm.
        }
    }

    /** Ends the input and waits; loads no class, as Maven may have closed the plugin's class loader. */
    private void end() {
        closing = true;
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended by itself.
        }
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
