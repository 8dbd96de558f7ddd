package io.github.ecsmaven.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The engine through the docker command, which a test may use. */
public final class DockerCommand implements Engine {
    public String run(String... arguments) {
        try {
            String[] command = new String[arguments.length + 1];
            command[0] = "docker";
            System.arraycopy(arguments, 0, command, 1, arguments.length);
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IllegalStateException(Arrays.toString(command) + ": " + output);
            }
            return output.trim();
        } catch (IOException | InterruptedException error) {
            throw new IllegalStateException(error);
        }
    }

    @Override
    public Info info() {
        return new Info("20.10", "linux", "amd64", false);
    }

    @Override
    public Optional<EngineImage> inspect(String reference) {
        try {
            String[] parts = run(
                            "image",
                            "inspect",
                            "-f",
                            "{{.Id}} {{.Size}}{{range .RootFS.Layers}} {{.}}{{end}}",
                            reference)
                    .split(" ");
            return Optional.of(new EngineImage(
                    parts[0], Long.parseLong(parts[1]), List.of(parts).subList(2, parts.length)));
        } catch (IllegalStateException absent) {
            return Optional.empty();
        }
    }

    @Override
    public void load(Path tar) {
        run("load", "-i", tar.toString());
    }

    @Override
    public void tag(String imageId, String reference) {
        run("tag", imageId, reference);
    }

    @Override
    public void remove(String reference) {
        run("rmi", reference);
    }

    @Override
    public void save(String reference, Path tar) {
        run("save", "-o", tar.toString(), reference);
    }
}
