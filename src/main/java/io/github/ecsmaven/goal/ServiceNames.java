package io.github.ecsmaven.goal;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names of services: under which they are found in their network, in properties, and by the tests. */
public final class ServiceNames {
    /**
     * The tests get {@code ecs.services.<name>.host}, {@code .port} and {@code .url}. Not below {@code ecs.test.services}:
     * there the port is the container's own, and Failsafe lets what the command line says of it win.
     */
    public static final String HANDED_OVER = "ecs.services.";

    /** A host name, without dots: they part the keys of properties; java.net.URI finds no host in one with an underscore. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private ServiceNames() {}

    /** The name of an item of {@code ecs.test.services}, {@code postgres:16} or {@code db=postgres:16}. */
    public static Optional<String> of(String item) {
        int equals = item.indexOf('=');
        return of(equals < 0 ? null : item.substring(0, equals), item.substring(equals + 1));
    }

    /**
     * The name of a service: its own, else the last part of its image; a blank one is as good as none. Empty when it has
     * neither, as a blank item of a list. Whether it will do is another question.
     */
    public static Optional<String> of(@Nullable String name, @Nullable String image) {
        return OptionText.text(name).or(() -> OptionText.text(image).map(ServiceNames::lastPart));
    }

    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** A name like it that will do; {@code db} when none is near. */
    static String like(String name) {
        String text =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return isName(text) ? text : "db";
    }

    /** {@code postgres} of {@code public.ecr.aws/docker/library/postgres:16@sha256:…} */
    private static String lastPart(String image) {
        int at = image.indexOf('@');
        String named = at < 0 ? image : image.substring(0, at);
        String last = named.substring(named.lastIndexOf('/') + 1);
        int colon = last.indexOf(':');
        return colon < 0 ? last : last.substring(0, colon);
    }
}
