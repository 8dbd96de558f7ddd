package io.github.ecsmaven.goal;

import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/** Whether a project stands alone. */
public final class Reactor {
    private Reactor() {}

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
