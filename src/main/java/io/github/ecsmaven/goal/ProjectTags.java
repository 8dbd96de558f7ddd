package io.github.ecsmaven.goal;

import io.github.ecsmaven.CiBuild;
import io.github.ecsmaven.ecr.TagValues;
import io.github.ecsmaven.ecr.Tags;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
    static List<String> of(
            List<String> configured, MavenProject project, MavenSession session, Map<String, String> environment) {
        Path folder = project.getBasedir().toPath();
        CiBuild build = CiBuild.of(environment);
        TagValues values = new TagValues(
                project.getVersion(),
                GitCheckout.commit(folder).or(build::commit),
                build.branch().or(() -> GitCheckout.branch(folder)),
                build.number(),
                session.getRequest().getStartTime().toInstant());
        return Tags.of(configured, values);
    }
}
