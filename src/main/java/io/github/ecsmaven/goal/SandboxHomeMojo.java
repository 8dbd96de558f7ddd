package io.github.ecsmaven.goal;

import io.github.ecsmaven.sandbox.Sandbox;
import java.io.File;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugins.annotations.Parameter;

/** The goals that start and stop the sandbox; they need no project. */
abstract class SandboxHomeMojo extends AbstractMojo {
    /** Folder in which the sandbox keeps its state, images and address, for its owner alone. Default: {@code ~/.ecs-sandbox}. */
    @Parameter(property = "ecs.sandbox.home", defaultValue = "${user.home}/.ecs-sandbox")
    File sandboxHome;

    /** Port of the sandbox on 127.0.0.1; 0 takes any free one. */
    @Parameter(property = "ecs.sandbox.port", defaultValue = "4747")
    String sandboxPort;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    MavenSession session;

    final boolean showErrors() {
        return session.getRequest().isShowErrors();
    }

    final Sandbox sandbox() {
        return ChildProcess.sandbox(sandboxHome, OptionText.port("ecs.sandbox.port", sandboxPort, 0));
    }
}
