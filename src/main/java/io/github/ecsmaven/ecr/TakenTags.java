package io.github.ecsmaven.ecr;

import io.github.ecsmaven.Digest;
import io.github.ecsmaven.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Immutable tags that name another image than the one to push, in words. What helps depends on what a tag was made from. */
final class TakenTags {
    private final String repository;
    private final Digest built;

    /** @param repository {@code registry/repository} */
    TakenTags(String repository, Digest built) {
        this.repository = repository;
        this.built = built;
    }

    /**
     * All of them at once, so that nobody corrects one to meet the next.
     *
     * @param there what each tag names
     */
    Problem explain(Map<ImageTag, String> there) {
        List<String> evidence = new ArrayList<>();
        Map<String, String> ways = new LinkedHashMap<>();
        there.forEach((tag, digest) -> {
            evidence.add((there.size() == 1 ? "There: " : "There, '" + tag.name() + "': ") + digest);
            ways.merge(wayOut(tag), "'" + tag.name() + "'", (first, next) -> first + ", " + next);
        });
        evidence.add("Built: " + built);
        return Problem.ofProject(what(there), evidence, next(ways));
    }

    private String what(Map<ImageTag, String> there) {
        String names =
                there.keySet().stream().map(tag -> "'" + tag.name() + "'").collect(Collectors.joining(", "));
        return there.size() == 1
                ? "The tag " + names + " of " + repository + " is immutable and names another image."
                : "The tags " + names + " of " + repository + " are immutable and name other images.";
    }

    private static String next(Map<String, String> ways) {
        return ways.size() == 1
                ? ways.keySet().iterator().next() + "."
                : ways.entrySet().stream()
                        .map(way -> "for " + way.getValue() + ": " + way.getKey())
                        .collect(Collectors.joining("; ", "", "."));
    }

    /** What makes this tag another one, or lets it move. The part of it that changes soonest decides. */
    static String wayOut(ImageTag tag) {
        String pattern = tag.pattern();
        if (pattern.contains("{date:")) {
            return "two builds began in the same unit of its date: name a finer form ({date:yyyyMMdd-HHmmss}) in ecs.tags,"
                    + " or run the build again later";
        }
        if (pattern.contains("{build}")) {
            return "this number pushed another image before, as a job that is run again does: start a new build instead, or"
                    + " add {date:yyyyMMdd-HHmmss} to it in ecs.tags";
        }
        if (pattern.contains("{commit")) {
            return "this commit gave another image before (uncommitted changes, another base image, SNAPSHOT dependencies):"
                    + " commit what has changed, pin what moves, or add {build} or {date:yyyyMMdd-HHmmss} to it in ecs.tags";
        }
        if (pattern.contains("{version}") && !tag.name().contains("-SNAPSHOT")) {
            return "raise the project's version, or name another tag in ecs.tags";
        }
        return pattern.contains("{version}") || tag.name().contains("-SNAPSHOT")
                ? "a SNAPSHOT's tag has to move: name one that doesn't (-Decs.tags={version}-{commit:8}), or let the"
                        + " repository's immutability leave out *-SNAPSHOT"
                : "a tag that stays the same " + (pattern.contains("{branch}") ? "for a branch " : "in each build ")
                        + "has to move: let the repository's immutability leave it out, or add {commit:8} to it in ecs.tags";
    }
}
