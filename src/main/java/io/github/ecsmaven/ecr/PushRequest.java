package io.github.ecsmaven.ecr;

import com.google.cloud.tools.jib.api.JibContainerBuilder;
import io.github.ecsmaven.Digest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A push.
 *
 * @param image makes the very bytes that were tested
 * @param tested digest of the tested image; another one fails the push before any tag moves
 * @param repository ECR repository name
 * @param registry another registry host than ECR's {@code repositoryUri} says
 * @param fullName {@code ecs.to.image}: any registry; then ECR's API isn't called
 * @param tags at least one
 * @param createRepository create a missing repository
 * @param dryRun say what would be done
 * @param baseCache Jib's cache shared by all projects
 * @param applicationCache Jib's cache below target
 */
public record PushRequest(
        JibContainerBuilder image,
        Digest tested,
        String repository,
        Optional<String> registry,
        Optional<String> fullName,
        List<String> tags,
        boolean createRepository,
        boolean dryRun,
        Path baseCache,
        Path applicationCache) {
    public PushRequest {
        tags = List.copyOf(tags);
    }
}
