package io.github.ecsmaven.image;

import com.google.cloud.tools.jib.api.MainClassFinder;
import io.github.ecsmaven.NearestNames;
import io.github.ecsmaven.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** Which class the container starts: the one that is named, else the one that is found. */
final class MainClass {
    private static final String SPRING_BOOT = "Lorg/springframework/boot/autoconfigure/SpringBootApplication;";

    private MainClass() {}

    /** @throws Problem when the named one is nowhere, or none is named and not exactly one is found */
    static String of(ImageRequest request) {
        Optional<String> named = request.container().mainClass();
        named.filter(name -> !mayBeThere(name, request)).ifPresent(name -> {
            throw missing(name, request.application());
        });
        return named.orElseGet(() -> only(request.application(), candidates(request.application())));
    }

    /** What the base image holds isn't known; it is on the class path when entries of the user's own are. */
    private static boolean mayBeThere(String name, ImageRequest request) {
        String file = name.replace('.', '/') + ".class";
        return Files.isRegularFile(request.application().classes().resolve(file))
                || !request.container().extraClasspath().isEmpty()
                || request.application().dependencies().stream().anyMatch(one -> holds(one.file(), file));
    }

    private static boolean holds(Path dependency, String file) {
        if (Files.isDirectory(dependency)) {
            return Files.isRegularFile(dependency.resolve(file));
        }
        try (ZipFile jar = new ZipFile(dependency.toFile())) {
            return jar.getEntry(file) != null;
        } catch (IOException unreadable) {
            // It is the image's business to say so; nothing is known against the class.
            return true;
        }
    }

    private static Problem missing(String name, ImageRequest.Application application) {
        List<String> candidates = candidates(application);
        List<String> near = NearestNames.of(name, candidates);
        List<String> evidence = new ArrayList<>();
        evidence.add("Looked in " + application.classes() + " and in the project's "
                + application.dependencies().size() + " dependencies.");
        if (!candidates.isEmpty()) {
            evidence.add("Main classes of the project: " + String.join(", ", candidates));
        }
        return Problem.ofProject(
                "There is no class '" + name + "' for the image of '" + application.name()
                        + "' (ecs.container.mainClass).",
                evidence,
                Stream.concat(near.stream(), candidates.stream())
                        .findFirst()
                        .map(right -> "write -Decs.container.mainClass=" + right + ".")
                        .orElse("name a class of the project or of a dependency, with its package."));
    }

    /** The classes to choose from; a single Spring Boot application stands for all. */
    static List<String> candidates(ImageRequest.Application application) {
        Path classes = application.classes();
        List<String> found = MainClassFinder.find(files(classes), event -> {}).getFoundMainClasses();
        List<String> boot = found.size() < 2
                ? found
                : found.stream().filter(name -> isSpringBoot(classes, name)).toList();
        return boot.size() == 1 ? boot : found.stream().sorted().toList();
    }

    private static String only(ImageRequest.Application application, List<String> candidates) {
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        if (candidates.isEmpty()) {
            throw Problem.ofProject(
                    "No main class was found for the image of '" + application.name() + "'.",
                    List.of("Looked in " + application.classes() + "."),
                    "name the class that starts the application: ecs.container.mainClass.");
        }
        throw Problem.ofProject(
                "The image of '" + application.name() + "' has " + candidates.size() + " possible main classes.",
                candidates,
                "name the one that starts the application, for example -Decs.container.mainClass=" + candidates.get(0)
                        + ".");
    }

    private static List<Path> files(Path classes) {
        if (!Files.isDirectory(classes)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(classes)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .toList();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** An annotation's type stands as plain text in the class file's constant pool (JVM spec, 4.4.7). */
    private static boolean isSpringBoot(Path classes, String name) {
        try {
            byte[] bytes = Files.readAllBytes(classes.resolve(name.replace('.', '/') + ".class"));
            return new String(bytes, StandardCharsets.ISO_8859_1).contains(SPRING_BOOT);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
