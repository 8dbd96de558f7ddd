package io.github.ecsmaven.goal;

import java.util.Optional;
import java.util.regex.Pattern;

/** The names of services: under which they are found in their network, in properties, and by the tests. */
public final class ServiceNames {
    /**
     * The tests get {@code ecs.services.<name>.host}, {@code .port} and {@code .url}. Not below {@code ecs.test.services}:
     * there the port is the container's own, and Failsafe lets what the command line says of it win.
     */
    public static final String HANDED_OVER = "ecs.services.";

    /** A host name, without dots: they part the keys of properties. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?");

    private ServiceNames() {}

    /** The name of an item of {@code ecs.test.services}; empty when it has none that will do. */
    public static Optional<String> of(String item) {
        int equals = item.indexOf('=');
        String name =
                equals < 0 ? lastPart(item.trim()) : item.substring(0, equals).trim();
        return Optional.of(name).filter(ServiceNames::isName);
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** {@code postgres} of {@code public.ecr.aws/docker/library/postgres:16@sha256:…} */
    static String lastPart(String image) {
        int at = image.indexOf('@');
        String named = at < 0 ? image : image.substring(0, at);
        String last = named.substring(named.lastIndexOf('/') + 1);
        int colon = last.indexOf(':');
        return colon < 0 ? last : last.substring(0, colon);
    }
}
