package io.github.ecsmaven.ci;

/** Images that a pipeline runs its jobs in, from Public ECR, where pulls are not counted as on Docker Hub. */
final class ContainerImage {
    private static final String LIBRARY = "public.ecr.aws/docker/library/";

    private ContainerImage() {}

    /** With a JDK, and with Maven where the project has no wrapper. */
    static String of(ProjectFacts project) {
        return LIBRARY
                + (project.hasWrapper()
                        ? "eclipse-temurin:" + project.java()
                        : "maven:3.9-eclipse-temurin-" + project.java());
    }

    /** A Docker engine. */
    static String ofDocker() {
        return LIBRARY + "docker:28-dind";
    }
}
