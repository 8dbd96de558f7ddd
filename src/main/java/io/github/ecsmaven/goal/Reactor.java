package io.github.ecsmaven.goal;

import java.util.List;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/** What a project is among others. */
public final class Reactor {
    private Reactor() {}

    /** Whether another module that may get an image is built after this one, in the reactor's order. */
    static boolean isFollowed(List<MavenProject> reactor, MavenProject project) {
        return reactor.subList(reactor.indexOf(project) + 1, reactor.size()).stream()
                .anyMatch(EcsMojo::mayGetImage);
    }

    /** As Maven does unless it is asked to go on. */
    static boolean endsAtFirstFailure(MavenSession session) {
        return MavenExecutionRequest.REACTOR_FAIL_FAST.equals(session.getReactorFailureBehavior());
    }

    /** {@code groupId:artifactId}, by which a project is known where its version does not count. */
    static String name(MavenProject project) {
        return project.getGroupId() + ":" + project.getArtifactId();
    }

    /** True for a module among others, also when Maven was called in its own folder. */
    public static boolean isModule(MavenSession session, MavenProject project) {
        List<MavenProject> all = session.getAllProjects();
        MavenProject parent = project.getParent();
        boolean module = parent != null
                && parent.getFile() != null
                && !parent.getModules().isEmpty();
        return module || all != null && all.size() > 1;
    }
}
