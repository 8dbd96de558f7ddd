package io.github.ecsmaven.container;

import io.github.ecsmaven.DurationText;
import io.github.ecsmaven.Problem;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The words for an image of a service that the engine could not fetch. */
final class PullProblem {
    private static final String CONNECT =
            "connect the engine to the registry (a proxy is the engine's own setting), or put the image into the engine"
                    + " beforehand with 'docker pull' or 'docker load'";

    private PullProblem() {}

    /** @param why what the engine said */
    static Problem of(String reference, String why) {
        String what = "The image '" + reference + "' of a service (ecs.test.services) can't be pulled.";
        String text = why.toLowerCase(Locale.ROOT);
        List<String> evidence = List.of("The engine says: " + why);
        if (says(text, "no basic auth credentials", "unauthorized", "authentication required", "incorrect username")) {
            return Problem.ofProject(
                    what, evidence, "log in with 'docker login" + host(reference) + "', then run again");
        }
        if (says(text, "toomanyrequests", "rate limit")) {
            return Problem.ofProject(
                    what,
                    evidence,
                    "log in with 'docker login', or take the image from another registry"
                            + " (public.ecr.aws/docker/library/<name>)");
        }
        if (says(text, "no matching manifest")) {
            return Problem.ofProject(
                    what, evidence, "name an image in ecs.test.services that there is for the engine's platform");
        }
        if (says(
                text,
                "not found",
                "manifest unknown",
                "denied",
                "does not exist",
                "name unknown",
                "invalid reference")) {
            return Problem.ofProject(
                    what,
                    evidence,
                    "correct the name in ecs.test.services; for a private image log in with 'docker login"
                            + host(reference) + "'");
        }
        if (says(text, "no space left")) {
            return Problem.ofMachine(
                    what, evidence, "free disk space of the engine ('docker system df' shows it)", null);
        }
        return Problem.ofMachine(what, evidence, CONNECT, null);
    }

    /** Nothing has come for too long. */
    static Problem stalled(List<String> references, Keeper.PullState last) {
        String images = "'" + String.join("', '", references) + "'";
        String begun = last.total() > 0 ? " of " + megabytes(last.total()) : "";
        return Problem.ofMachine(
                (references.size() == 1
                                ? "The image " + images + " of a service"
                                : "The images " + images + " of services")
                        + " (ecs.test.services) can't be pulled.",
                List.of("Nothing has come for " + DurationText.show(PullStall.LIMIT) + ", after "
                        + megabytes(last.done()) + begun + "."),
                CONNECT,
                null);
    }

    private static String megabytes(long bytes) {
        return bytes / 1_000_000 + " MB";
    }

    private static boolean says(String text, String... words) {
        return Stream.of(words).anyMatch(text::contains);
    }

    /** The registry as docker login wants it; nothing for Docker Hub. */
    private static String host(String reference) {
        int slash = reference.indexOf('/');
        String first = slash < 0 ? "" : reference.substring(0, slash);
        boolean registry = first.contains(".") || first.contains(":") || first.equals("localhost");
        return registry ? " " + first : "";
    }
}
