package io.github.ecsmaven.goal;

import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/** Builds the container image of the project, and loads it into the Docker engine when tests need it. */
@Mojo(name = "image", defaultPhase = LifecyclePhase.PRE_INTEGRATION_TEST, threadSafe = true)
public final class ImageMojo extends AbstractMojo {
    @Override
    public void execute() {}
}
