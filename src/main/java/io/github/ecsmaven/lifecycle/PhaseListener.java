package io.github.ecsmaven.lifecycle;

import io.github.ecsmaven.lifecycle.resume.LeftOut;
import io.github.ecsmaven.lifecycle.resume.ResumeCall;
import java.util.Set;
import java.util.function.Function;
import org.apache.maven.execution.ExecutionEvent;
import org.apache.maven.execution.ExecutionListener;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** Has a resumed call note in each module how far it came. */
final class PhaseListener extends ForwardedEvents {
    private final ResumeCall call;
    private final Function<MavenProject, Set<LeftOut>> leftOut;

    PhaseListener(@Nullable ExecutionListener original, ResumeCall call, Function<MavenProject, Set<LeftOut>> leftOut) {
        super(original);
        this.call = call;
        this.leftOut = leftOut;
    }

    @Override
    public void mojoStarted(ExecutionEvent event) {
        String phase = event.getMojoExecution().getLifecyclePhase();
        if (phase != null) {
            call.reached(event.getProject(), phase);
        }
        super.mojoStarted(event);
    }

    @Override
    public void projectSucceeded(ExecutionEvent event) {
        ended(event.getProject(), true);
        super.projectSucceeded(event);
    }

    @Override
    public void projectFailed(ExecutionEvent event) {
        ended(event.getProject(), false);
        super.projectFailed(event);
    }

    private void ended(MavenProject project, boolean whole) {
        call.ended(project, whole, leftOut.apply(project));
    }
}
