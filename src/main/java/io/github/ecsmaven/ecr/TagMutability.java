package io.github.ecsmaven.ecr;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.ImageTagMutabilityExclusionFilter;
import software.amazon.awssdk.services.ecr.model.Repository;

/**
 * Which tags of a repository may move.
 *
 * @param immutable what holds for all but the exceptions
 * @param exceptions with {@code *} for any text
 */
record TagMutability(boolean immutable, List<String> exceptions) {
    TagMutability {
        exceptions = List.copyOf(exceptions);
    }

    static TagMutability of(Repository repository) {
        ImageTagMutability mutability = repository.imageTagMutability();
        return new TagMutability(
                mutability == ImageTagMutability.IMMUTABLE || mutability == ImageTagMutability.IMMUTABLE_WITH_EXCLUSION,
                repository.imageTagMutabilityExclusionFilters().stream()
                        .map(ImageTagMutabilityExclusionFilter::filter)
                        .toList());
    }

    boolean mayMove(String tag) {
        return immutable == exceptions.stream().anyMatch(exception -> matches(exception, tag));
    }

    private static boolean matches(String exception, String tag) {
        String pattern =
                Stream.of(exception.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return tag.matches(pattern);
    }
}
