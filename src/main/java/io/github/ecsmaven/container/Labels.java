package io.github.ecsmaven.container;

/** The labels of every temporary container, and of the networks made for services. */
final class Labels {
    /** The build. */
    static final String TEST = "io.github.ecsmaven.test";

    /** groupId:artifactId. */
    static final String PROJECT = "io.github.ecsmaven.test.project";

    /** Whose it is: {@link KeeperMark}. */
    static final String KEEPER = "io.github.ecsmaven.test.keeper";

    private Labels() {}
}
