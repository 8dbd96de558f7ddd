package io.github.ecsmaven.sandbox;

import io.github.ecsmaven.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The names that the sandbox uses in its home; whatever else is there is not the sandbox's to change. */
final class HomeFiles {
    static final String START_LOCK = "start.lock";
    static final String SERVER_LOCK = "server.lock";
    static final String LOG = "sandbox.log";
    static final String OLD_LOG = "sandbox.log.old";

    /** A file of a moment, made before anything else in the home is touched: neither content of it nor closed. */
    static final String PROBE = ".ecs-sandbox-owner-";

    /** What {@code ecs:sandbox-stop} forgets. */
    static final List<String> STATE = List.of("ecr", "blobs", "uploads", "ecs", "logs", "s3", OwnCopy.FOLDER);

    /** A home holds one of them as long as it isn't empty: the lock comes first and stays. */
    private static final List<String> MARKS = List.of(State.FILE, START_LOCK);

    private static final int SHOWN = 3;

    private HomeFiles() {}

    /** All of them. */
    static List<String> all() {
        return Stream.concat(STATE.stream(), Stream.of(State.FILE, START_LOCK, SERVER_LOCK, LOG, OLD_LOG))
                .toList();
    }

    /** @throws Problem when the folder holds other things and was never a home: it may be a project or a user's own */
    static void requireHome(Path folder) throws IOException {
        List<String> names;
        try (Stream<Path> files = Files.list(folder)) {
            names = files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.startsWith(PROBE))
                    .sorted()
                    .toList();
        }
        if (!names.isEmpty() && MARKS.stream().noneMatch(mark -> Files.isRegularFile(folder.resolve(mark)))) {
            throw Problem.ofProject(
                    "ecs.sandbox.home names the folder '" + folder + "', which holds other things than a sandbox.",
                    List.of("found there: " + String.join(", ", names.subList(0, Math.min(SHOWN, names.size())))
                            + (names.size() > SHOWN ? ", and " + (names.size() - SHOWN) + " more" : "")),
                    "set ecs.sandbox.home to an empty folder, or to one that isn't there yet.");
        }
    }
}
