package io.github.ecsmaven;

/**
 * What Jib writes into an image's history as its maker. Constants, so that a new version of the plugin doesn't change an
 * image; and in one place, as the built and the pushed image have equal digests only when both name the same tool.
 */
public final class ImageTool {
    public static final String NAME = "ecs-maven-plugin";
    public static final String VERSION = "1";

    private ImageTool() {}
}
