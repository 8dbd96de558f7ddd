package io.github.ecsmaven.container;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Which keeper a container belongs to, as its label says it: {@code host|boot|space|pid|start}.
 *
 * @param host host name
 * @param boot changes with each start of the machine; empty where it can't be known
 * @param space the space in which process ids count: a build in a container has its own
 * @param pid process id
 * @param start when the process was started, in a form that stays the same while it lives
 */
record KeeperMark(String host, String boot, String space, long pid, String start) {
    /** A keeper elsewhere can't be asked; no test takes this long. */
    static final Duration FOREIGN_AGE = Duration.ofHours(24);

    static KeeperMark own() {
        long pid = ProcessHandle.current().pid();
        return new KeeperMark(
                ownHost(),
                read(Path.of("/proc/sys/kernel/random/boot_id")),
                ownSpace(),
                pid,
                startOf(pid).orElse(""));
    }

    String label() {
        return String.join("|", host, boot, space, Long.toString(pid), start);
    }

    static Optional<KeeperMark> parse(String label) {
        String[] parts = label.split("\\|", -1);
        if (parts.length != 5) {
            return Optional.empty();
        }
        try {
            return Optional.of(new KeeperMark(parts[0], parts[1], parts[2], Long.parseLong(parts[3]), parts[4]));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * Is the keeper of a container surely gone?
     *
     * @param label the container's
     * @param created when the container was made
     * @param startOf the start of the process with a number, empty when there is none
     */
    boolean abandoned(String label, Instant created, Instant now, LongFunction<Optional<String>> startOf) {
        Optional<KeeperMark> mark = parse(label);
        if (mark.isEmpty()) {
            return false;
        }
        KeeperMark other = mark.get();
        if (!other.host.equals(host)) {
            return created.plus(FOREIGN_AGE).isBefore(now);
        }
        if (!other.boot.equals(boot)) {
            return true;
        }
        if (!other.space.equals(space)) {
            return created.plus(FOREIGN_AGE).isBefore(now);
        }
        return !startOf.apply(other.pid).equals(Optional.of(other.start));
    }

    /** Linux: the ticks since boot in /proc (proc(5), stat, field 22), as the wall clock may be set; else the instant. */
    static Optional<String> startOf(long pid) {
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        if (process.isEmpty()) {
            return Optional.empty();
        }
        String stat = read(Path.of("/proc", Long.toString(pid), "stat"));
        int name = stat.lastIndexOf(')');
        if (name > 0) {
            return Optional.of(stat.substring(name + 2).split(" ")[19]);
        }
        return process.get().info().startInstant().map(Instant::toString).or(() -> Optional.of("unknown"));
    }

    private static String ownSpace() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }

    private static String ownHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "localhost";
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
