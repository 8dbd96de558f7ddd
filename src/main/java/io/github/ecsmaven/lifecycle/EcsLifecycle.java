package io.github.ecsmaven.lifecycle;

import io.github.ecsmaven.goal.SessionBoard;
import java.util.Set;
import java.util.TreeSet;
import org.apache.maven.AbstractMavenLifecycleParticipant;
import org.apache.maven.execution.ExecutionListener;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The build extension: binds the goals where the user has not, measures the stages, and ends what the session started. It
 * loads nothing but the JDK and Maven, since it is part of every build, {@code mvn test} too.
 */
public final class EcsLifecycle extends AbstractMavenLifecycleParticipant {
    static final String PLUGIN = "io.github.ecsmaven:ecs-maven-plugin";

    private static final Logger LOG = LoggerFactory.getLogger(EcsLifecycle.class);

    @Override
    public void afterProjectsRead(MavenSession session) {
        Set<String> unknown = new TreeSet<>();
        boolean bound = false;
        KnownProperties known = KnownProperties.ofThisPlugin();
        for (MavenProject project : session.getProjects()) {
            Plugin plugin = project.getPlugin(PLUGIN);
            if (plugin != null) {
                bound |= bind(project, plugin, session);
                unknown.addAll(known.complaints(project.getOriginalModel().getProperties()));
            }
        }
        unknown.addAll(known.complaints(session.getUserProperties()));
        unknown.forEach(LOG::warn);
        if (bound) {
            ExecutionListener original = session.getRequest().getExecutionListener();
            session.getRequest()
                    .setExecutionListener(new StageListener(original, new StageClock(System::nanoTime), LOG::info));
        }
    }

    private static boolean bind(MavenProject project, Plugin plugin, MavenSession session) {
        new DeployTarget(session).skipWhenNowhere(project);
        if (!BindGoals.hasImage(project, session)) {
            return false;
        }
        BindGoals.bind(project, plugin);
        return true;
    }

    @Override
    public void afterSessionEnd(MavenSession session) {
        new SessionBoard(session).end();
    }
}
