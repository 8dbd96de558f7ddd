package io.github.ecsmaven.goal;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import io.github.ecsmaven.NearestNames;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.container.ServicesRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code ecs.test.services} and the properties below it. What can't be right is refused, before anything is started; a
 * property of a service that is not in the list is worth a warning, as a parent's pom may know more services than a module
 * uses.
 */
final class ServiceOptions {
    private static final String LIST = "ecs.test.services";
    private static final List<String> KEYS = List.of("port", "command", "wait.log", "environment");

    private final MapOption maps;
    private final Function<String, Path> logs;

    /** @param logs where the output of a service with a name is written */
    ServiceOptions(MapOption maps, Function<String, Path> logs) {
        this.maps = maps;
        this.logs = logs;
    }

    /**
     * @param services those to start, in the order of the list
     * @param warnings about properties without effect
     */
    record Read(List<ServicesRequest.Service> services, List<String> warnings) {
        Read {
            services = List.copyOf(services);
            warnings = List.copyOf(warnings);
        }
    }

    /** @throws Problem when something can't be right */
    Read read(@Nullable List<TestService> listed) {
        Map<String, TestService> named = named(listed == null ? List.of() : listed);
        Map<String, String> below = maps.below(LIST);
        List<String> warnings = new ArrayList<>();
        for (String key : new TreeSet<>(below.keySet())) {
            check(key, named, below).ifPresent(warnings::add);
        }
        List<ServicesRequest.Service> services = new ArrayList<>();
        named.forEach((name, service) -> services.add(service(name, service, below)));
        return new Read(services, warnings);
    }

    private static Map<String, TestService> named(List<TestService> listed) {
        Map<String, TestService> named = new LinkedHashMap<>();
        for (TestService service : listed) {
            Optional<String> found = service.name();
            if (found.isEmpty()) {
                continue;
            }
            String image = image(service);
            String name = found.get();
            if (!ServiceNames.isName(name)) {
                throw Problem.ofProject(
                        "'" + name + "' can't be the name of a service (" + LIST + "): it is a host name of lower case"
                                + " letters, digits and '-', without dots.",
                        "name it " + ServiceNames.like(name) + "=" + image + " (-D" + LIST + ").");
            }
            if (named.put(name, service) != null) {
                throw Problem.ofProject(
                        "Two services are named '" + name + "' (" + LIST + ").",
                        "name them, for example -D" + LIST + "=" + name + "-1=" + image + "," + name + "-2=….");
            }
        }
        return named;
    }

    private static String image(TestService service) {
        String image = service.image();
        if (image.contains("://")) {
            throw Problem.ofProject(
                    "'" + image + "' is no image of a service (" + LIST + "): there are no prefixes here.",
                    "write " + image.substring(image.indexOf("://") + 3)
                            + "; an image that the engine has is not pulled.");
        }
        try {
            ImageReference.parse(image);
            return image;
        } catch (InvalidImageReferenceException invalid) {
            throw Problem.ofProject(
                    "'" + image + "' is no image of a service (" + LIST + ").",
                    "write a name as docker pull takes it, for example -D" + LIST + "=db=postgres:16.");
        }
    }

    /** @return a warning */
    private static Optional<String> check(String key, Map<String, TestService> named, Map<String, String> below) {
        int dot = key.indexOf('.');
        String name = dot < 0 ? key : key.substring(0, dot);
        if (dot < 0) {
            throw Problem.ofProject(
                    "Unknown property '" + LIST + "." + key + "'.",
                    "list a service as -D" + LIST + "=" + name + "=" + below.get(key) + ".");
        }
        if (!named.containsKey(name)) {
            String near = NearestNames.of(name, named.keySet()).stream()
                    .findFirst()
                    .map(other -> "; did you mean '" + LIST + "." + other + key.substring(dot) + "'?")
                    .orElse(".");
            return Optional.of(
                    "'" + LIST + "." + key + "' has no effect: " + LIST + " lists no service '" + name + "'" + near);
        }
        String option = key.substring(dot + 1);
        if (!KEYS.contains(option) && !option.startsWith("environment.")) {
            throw unknown(name, option);
        }
        return Optional.empty();
    }

    private static Problem unknown(String name, String option) {
        String prefix = LIST + "." + name + ".";
        List<String> near = NearestNames.of(option, KEYS);
        return Problem.ofProject(
                "Unknown property '" + prefix + option + "'.",
                near.isEmpty()
                        ? "use one of " + prefix + "port, command, wait.log, environment.NAME."
                        : "did you mean '" + prefix + near.get(0) + "'?");
    }

    private ServicesRequest.Service service(String name, TestService service, Map<String, String> below) {
        String prefix = LIST + "." + name + ".";
        return new ServicesRequest.Service(
                name,
                service.image(),
                nearest(below.get(name + ".port"), service.port).map(text -> OptionText.port(prefix + "port", text, 1)),
                nearest(below.get(name + ".wait.log"), service.waitLog)
                        .map(text -> OptionText.pattern(prefix + "wait.log", text)),
                maps.read(prefix + "environment", service.environment),
                OptionText.list(
                        nearest(below.get(name + ".command"), service.command).orElse("")),
                logs.apply(name));
    }

    /** As with maps, a property goes before the element. */
    private static Optional<String> nearest(@Nullable String property, @Nullable String element) {
        return OptionText.text(property).or(() -> OptionText.text(element));
    }
}
