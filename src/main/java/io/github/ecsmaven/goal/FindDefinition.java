package io.github.ecsmaven.goal;

import io.github.ecsmaven.NearestNames;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.definition.ProjectFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the file of a task definition or a service in a project. */
final class FindDefinition {
    private static final Path FOLDER = Path.of("src", "main", "ecs");
    private static final List<String> ENDINGS = List.of(".json", ".yaml", ".yml");

    private final Path project;
    private final Map<String, String> properties;

    /**
     * @param project its folder
     * @param properties what <code>${…}</code> in the file may mean
     */
    FindDefinition(Path project, Map<String, String> properties) {
        this.project = project;
        this.properties = properties;
    }

    /**
     * The named file, else that of the service, {@code src/main/ecs/<service>/<name>.json}, else that of the project,
     * {@code src/main/ecs/<name>.json}; {@code .yaml} and {@code .yml} as well.
     *
     * @param property for errors
     * @param named its value
     * @throws Problem when a named file is missing, or one can't be read
     */
    Optional<ProjectFile> run(String property, Optional<String> named, String service, String name) {
        if (named.isPresent()) {
            return Optional.of(named(property, named.get()));
        }
        Stream<Path> folders =
                service.matches("[A-Za-z0-9_-]+") ? Stream.of(FOLDER.resolve(service), FOLDER) : Stream.of(FOLDER);
        return folders.flatMap(folder -> in(folder, name, property).stream()).findFirst();
    }

    private ProjectFile named(String property, String text) {
        Path file = project.resolve(text);
        if (!Files.isRegularFile(file)) {
            throw Problem.ofProject(
                    "There is no file '" + text + "' in the project (" + property + ").",
                    near(file),
                    "correct " + property + ".");
        }
        if (ENDINGS.stream().noneMatch(text::endsWith)) {
            throw Problem.ofProject(
                    "'" + text + "' is neither JSON nor YAML by its name (" + property + ").",
                    "let its name end in .json, .yaml or .yml.");
        }
        return read(file);
    }

    private static List<String> near(Path file) {
        Path folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<String> near = NearestNames.of(
                    String.valueOf(file.getFileName()),
                    files.map(one -> String.valueOf(one.getFileName())).toList());
            return near.isEmpty() ? List.of() : List.of("Near: " + String.join(", ", near));
        } catch (IOException notReadable) {
            // The names are a courtesy.
            return List.of();
        }
    }

    private Optional<ProjectFile> in(Path folder, String name, String property) {
        List<Path> there = ENDINGS.stream()
                .map(ending -> project.resolve(folder).resolve(name + ending))
                .filter(Files::isRegularFile)
                .toList();
        if (there.size() > 1) {
            throw Problem.ofProject(
                    "It is not clear which file is meant: there are several.",
                    there.stream().map(this::shown).toList(),
                    "leave one of them, or name it with " + property + ".");
        }
        return there.stream().findFirst().map(this::read);
    }

    private ProjectFile read(Path file) {
        try {
            String text = Files.readString(file);
            return new ProjectFile(shown(file), text.startsWith("\uFEFF") ? text.substring(1) : text, properties);
        } catch (CharacterCodingException notText) {
            throw Problem.ofProject(shown(file) + " is not text in UTF-8.", "save it as UTF-8.");
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private String shown(Path file) {
        Path shown = file.startsWith(project) ? project.relativize(file) : file;
        return shown.toString().replace('\\', '/');
    }
}
