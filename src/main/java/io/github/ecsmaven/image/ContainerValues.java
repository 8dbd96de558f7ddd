package io.github.ecsmaven.image;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The options of a request in Jib's types. They are read before anything else is done, so that a bad one costs no time.
 *
 * @param created of the image
 * @param modified of the files in it
 * @param ports in the order given
 * @param volumes in the order given
 * @param platforms those that are built, each once; several make an index
 */
record ContainerValues(
        Instant created,
        Instant modified,
        Set<Port> ports,
        Set<AbsoluteUnixPath> volumes,
        Optional<AbsoluteUnixPath> workingDirectory,
        Optional<AbsoluteUnixPath> appRoot,
        ImageFormat format,
        List<Platform> platforms) {

    /**
     * @param now for {@code USE_CURRENT_TIMESTAMP}
     * @throws io.github.ecsmaven.Problem that names the first bad option
     */
    static ContainerValues of(ImageRequest request, Supplier<Instant> now) {
        return of(request, OptionValues.creationTime(request.container().creationTime(), now));
    }

    /** For an image that is made again: as old as the first. */
    static ContainerValues of(ImageRequest request, Instant created) {
        ContainerOptions options = request.container();
        Set<AbsoluteUnixPath> volumes = new LinkedHashSet<>();
        options.volumes().forEach(volume -> volumes.add(OptionValues.path("volumes", volume)));
        return new ContainerValues(
                created,
                OptionValues.modificationTime(options.filesModificationTime()),
                OptionValues.ports(options.ports()),
                volumes,
                options.workingDirectory().map(path -> OptionValues.path("workingDirectory", path)),
                options.appRoot().map(path -> OptionValues.path("appRoot", path)),
                OptionValues.format(options.format()),
                OptionValues.platforms(request.base().platforms()));
    }

    AbsoluteUnixPath appRoot(String ordinary) {
        return appRoot.orElse(AbsoluteUnixPath.get(ordinary));
    }

    /** Those that speak TCP: tests and services talk to the first by default. */
    List<Integer> tcpPorts() {
        return ports.stream()
                .filter(port -> port.getProtocol().equals("tcp"))
                .map(Port::getPort)
                .toList();
    }
}
