package io.github.ecsmaven.goal;

import io.github.ecsmaven.CiBuild;
import io.github.ecsmaven.ecr.ImageTag;
import io.github.ecsmaven.ecr.TagValues;
import io.github.ecsmaven.ecr.Tags;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/** The tags of a module's image, from {@code ecs.tags} and what the project, git and the CI product tell. */
final class ProjectTags {
    private ProjectTags() {}

    /**
     * @param configured {@code ecs.tags}
     * @param environment of this process
     * @throws io.github.ecsmaven.Problem when one can't be made
     */
    static List<ImageTag> of(
            List<String> configured, MavenProject project, MavenSession session, Map<String, String> environment) {
        return Tags.of(configured, values(project, session, environment));
    }

    /**
     * A warning when one of them names a commit that doesn't hold what the checkout does; empty when none does. Looks at each
     * file of the checkout.
     */
    static Optional<String> uncommitted(
            List<String> configured, MavenProject project, MavenSession session, Map<String, String> environment) {
        List<String> tags = Tags.ofCommit(configured, values(project, session, environment));
        if (tags.isEmpty() || !GitCheckout.isChanged(project.getBasedir().toPath())) {
            return Optional.empty();
        }
        return Optional.of("The checkout has uncommitted changes: " + name(tags) + " a commit that doesn't hold them.");
    }

    /**
     * A warning when one of them names another commit than the image is of; empty when none does.
     *
     * @param tested that was checked out when the image was tested
     */
    static Optional<String> otherCommit(
            List<String> configured,
            MavenProject project,
            MavenSession session,
            Map<String, String> environment,
            String tested) {
        TagValues values = values(project, session, environment);
        List<String> tags = Tags.ofCommit(configured, values);
        return values.commit()
                .filter(commit -> !commit.equals(tested) && !tags.isEmpty())
                .map(commit -> "The image was tested at the commit " + tested + ", and " + name(tags)
                        + " another one, which is checked out now.");
    }

    private static String name(List<String> tags) {
        return tags.size() == 1 ? "the tag " + tags.get(0) + " names" : "the tags " + String.join(", ", tags) + " name";
    }

    private static TagValues values(MavenProject project, MavenSession session, Map<String, String> environment) {
        Path folder = project.getBasedir().toPath();
        CiBuild build = CiBuild.of(environment);
        return new TagValues(
                project.getVersion(),
                GitCheckout.commit(folder).or(build::commit),
                build.branch().or(() -> GitCheckout.branch(folder)),
                build.number(),
                session.getRequest().getStartTime().toInstant());
    }
}
