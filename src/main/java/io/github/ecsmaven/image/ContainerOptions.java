package io.github.ecsmaven.image;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code ecs.container.*}, each with the meaning that it has in jib-maven-plugin.
 *
 * @param ports {@code 8080}, {@code 8080-8090}, {@code 53/udp}
 * @param jvmFlags put before the main class
 * @param environment of the container
 * @param labels of the image
 * @param user {@code name}, {@code uid}, each with an optional {@code :group}
 * @param entrypoint replaces the computed one; {@code INHERIT} alone keeps the base image's
 * @param args after the entrypoint
 * @param mainClass empty: it is found
 * @param workingDirectory absolute path in the container
 * @param volumes absolute paths in the container
 * @param format {@code Docker} or {@code OCI}
 * @param creationTime {@code EPOCH}, {@code USE_CURRENT_TIMESTAMP} or ISO 8601
 * @param filesModificationTime {@code EPOCH_PLUS_SECOND} or ISO 8601
 * @param appRoot absolute path in the container, {@code /app} by default
 * @param extraClasspath entries put before the project's own
 * @param expandClasspathDependencies true: each jar by its name instead of {@code libs/*}
 */
public record ContainerOptions(
        List<String> ports,
        List<String> jvmFlags,
        Map<String, String> environment,
        Map<String, String> labels,
        Optional<String> user,
        List<String> entrypoint,
        List<String> args,
        Optional<String> mainClass,
        Optional<String> workingDirectory,
        List<String> volumes,
        String format,
        String creationTime,
        String filesModificationTime,
        Optional<String> appRoot,
        List<String> extraClasspath,
        boolean expandClasspathDependencies) {
    public ContainerOptions {
        ports = List.copyOf(ports);
        jvmFlags = List.copyOf(jvmFlags);
        environment = Map.copyOf(environment);
        labels = Map.copyOf(labels);
        entrypoint = List.copyOf(entrypoint);
        args = List.copyOf(args);
        volumes = List.copyOf(volumes);
        extraClasspath = List.copyOf(extraClasspath);
    }
}
