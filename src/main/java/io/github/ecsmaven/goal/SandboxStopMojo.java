package io.github.ecsmaven.goal;

import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Stops the embedded AWS and removes the containers of its tasks; its images and state stay unless told otherwise. */
@Mojo(name = "sandbox-stop", requiresProject = false, aggregator = true, threadSafe = true)
public final class SandboxStopMojo extends SandboxHomeMojo {
    /** Also forgets images and state. Example: {@code mvn ecs:sandbox-stop -Decs.sandbox.forget}. */
    @Parameter(property = "ecs.sandbox.forget", defaultValue = "false")
    String forget;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        GoalRunner.run(() -> stop(OptionText.flag("ecs.sandbox.forget", forget)), showErrors());
    }

    private void stop(boolean andForget) {
        getLog().info(text(sandbox().stop(andForget), andForget));
    }

    private String text(boolean stopped, boolean forgotten) {
        String state = forgotten ? "its state is forgotten" : "its state stays in " + sandboxHome;
        return (stopped ? "Sandbox stopped; " : "No sandbox was running; ") + state;
    }
}
