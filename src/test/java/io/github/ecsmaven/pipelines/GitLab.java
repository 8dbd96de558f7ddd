package io.github.ecsmaven.pipelines;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A pipeline of GitLab for a push to {@code main}, by gitlab-ci-local on the shell executor: it checks the file against GitLab's schema
 * and runs each job in a folder of its own. Manual jobs are started.
 */
public final class GitLab {
    private static final Pattern FINISHED = Pattern.compile("(?m)^(?!pipeline)(\\S+) +finished in");
    /** In place of the engine's command, which would start services: a shell runner has none. */
    private static final String NO_ENGINE = "#!/bin/sh\necho '[{\"Config\": {}}]'\n";

    private final Machine machine;
    private final Map<String, String> variables;

    /** @param variables of the project */
    public GitLab(Machine machine, Map<String, String> variables) {
        this.machine = machine;
        this.variables = Map.copyOf(variables);
    }

    /** Skips the test where the tools can't be had. */
    public static void assumeThere() {
        Tools.assumeThere("gitlab-ci-local");
        assumeTrue(Tools.isOnPath("rsync"), "no rsync, which gitlab-ci-local needs (apt-get install rsync)");
    }

    public Ran run(String manual) {
        Path workspace = machine.workspace();
        machine.checkOut(workspace);
        machine.output(workspace, "git", "checkout", "-q", "-B", machine.branch());
        machine.output(workspace, "git", "remote", "set-url", "origin", "https://gitlab.com/shop/clock.git");
        List<String> command = new ArrayList<>(Tools.command("gitlab-ci-local"));
        command.addAll(List.of(
                "--force-shell-executor",
                "--shell-isolation",
                "--no-artifacts-to-source",
                "--no-color",
                "--container-executable",
                engine().toString(),
                "--home",
                machine.store("home").toString()));
        variables.forEach((name, value) -> command.addAll(List.of("--variable", name + "=" + value)));
        command.addAll(List.of("--manual", manual));
        boolean good = machine.run(workspace, Map.of(), command.toArray(String[]::new));
        FINISHED.matcher(machine.console()).results().forEach(found -> machine.event(found.group(1)));
        return machine.end(good);
    }

    private Path engine() {
        try {
            Path file = machine.store("no-engine");
            Files.createDirectories(file.getParent());
            Files.writeString(file, NO_ENGINE);
            if (!file.toFile().setExecutable(true)) {
                throw new IOException(file + " can't be made executable");
            }
            return file;
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
