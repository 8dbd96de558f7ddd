package io.github.ecsmaven.goal;

import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;

/** Runs the embedded AWS in the foreground, for any AWS client, until Ctrl-C. */
@Mojo(name = "sandbox", requiresProject = false, aggregator = true, threadSafe = true)
public final class SandboxMojo extends SandboxHomeMojo {
    /** Signatures are not checked, so that the sandbox's own secret need not be shown. */
    private static final String ANY_SECRET = "sandbox";

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        GoalRunner.run(
                () -> sandbox().runHere(address -> {
                    getLog().info("Sandbox ready at " + address.endpoint() + " (Ctrl-C ends it)");
                    getLog().info("  export AWS_ENDPOINT_URL=" + address.endpoint());
                    getLog().info("  export AWS_REGION=" + address.region());
                    // The AWS CLI 1 reads no other.
                    getLog().info("  export AWS_DEFAULT_REGION=" + address.region());
                    getLog().info("  export AWS_ACCESS_KEY_ID=" + address.accessKeyId());
                    getLog().info("  export AWS_SECRET_ACCESS_KEY=" + ANY_SECRET);
                    getLog().info("Then, for example: aws ecs list-clusters");
                }),
                showErrors());
    }
}
