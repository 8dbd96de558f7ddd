package io.github.ecsmaven.ecr;

import java.time.Instant;
import java.util.Optional;

/**
 * What the placeholders of {@code ecs.tags} stand for.
 *
 * @param version of the project
 * @param commit full hash
 * @param branch as git names it
 * @param build number of the CI build
 * @param time when the Maven build began, so that all modules of one build agree
 */
public record TagValues(
        String version, Optional<String> commit, Optional<String> branch, Optional<String> build, Instant time) {}
