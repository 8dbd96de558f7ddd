package io.github.ecsmaven.container;

import io.github.ecsmaven.EngineAddress;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.LogManager;

/**
 * The keeper's process. It reads requests line by line from its input and writes answers to its output; at the end of its input,
 * or at a signal, it stops and removes its containers and is gone.
 */
public final class KeeperMain {
    private static final String LOGGING = String.join(
            "\n",
            "handlers=java.util.logging.ConsoleHandler",
            ".level=WARNING",
            // They log a failed start with the whole output of the container; we tell both ourselves.
            "org.testcontainers.level=OFF",
            "tc.level=OFF");

    private final Containers containers;
    private final KeeperDesk desk;
    private final PrintStream output;
    private final ExecutorService workers = Executors.newCachedThreadPool(KeeperMain::daemon);
    private volatile boolean ending;

    private KeeperMain(Containers containers, KeeperDesk desk, PrintStream output) {
        this.containers = containers;
        this.desk = desk;
        this.output = output;
    }

    /** Called by {@link Keeper#fork} in a JVM of its own; takes no arguments. */
    public static void main(String[] args) throws IOException {
        PrintStream output = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        // What libraries print must not come between the answers.
        System.setOut(System.err);
        LogManager.getLogManager()
                .readConfiguration(new ByteArrayInputStream(LOGGING.getBytes(StandardCharsets.UTF_8)));
        Path home = Path.of(System.getProperty("user.home"));
        Path userHome = Path.of(System.getProperty(KeeperHome.PROPERTY, home.toString()));
        KeeperHome keeperHome = new KeeperHome(home, userHome);
        EngineAddress addresses = new EngineAddress(System.getenv(), userHome);
        Docker docker =
                new Docker(addresses, keeperHome, !Boolean.parseBoolean(System.getenv(KeeperChannel.RYUK_DISABLED)));
        EngineImages images = new EngineImages(docker);
        Containers containers = new Containers(
                docker, images, KeeperMark.own(), Clock.systemUTC(), time -> Thread.sleep(time.toMillis()));
        KeeperMain keeper =
                new KeeperMain(containers, new KeeperDesk(images, Pulls.of(docker, images), containers), output);
        Signals.onEnd(keeper::end);
        // Most of Testcontainers' start is done while Maven still builds the image.
        keeper.workers.execute(() -> keeper.desk.answer(Wire.verb("engine").toString()));
        keeper.serve();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "ecs-keeper-worker");
        thread.setDaemon(true);
        return thread;
    }

    /** Only reads and hands on, so that it sees the end of the input while a command is at work. */
    private void serve() {
        try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                Optional<Frame> frame = Frame.parse(line);
                frame.ifPresent(request -> workers.execute(() -> answer(request)));
            }
        } catch (IOException e) {
            // An input that can't be read has ended.
        }
        end();
    }

    private void answer(Frame request) {
        String body = desk.answer(request.body());
        if (ending && Wire.isProblem(body)) {
            // That its container was removed is a consequence; why there is no answer is what Maven sees itself.
            return;
        }
        Frame answer = new Frame(request.id(), body);
        synchronized (output) {
            output.println(answer.line());
        }
    }

    /** Once, whoever comes first; halts, so that Testcontainers' own hook, which kills, never runs. */
    private void end() {
        ending = true;
        synchronized (this) {
            try {
                containers.end();
            } finally {
                Runtime.getRuntime().halt(0);
            }
        }
    }
}
