package io.github.ecsmaven.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.InternetProtocol;
import com.github.dockerjava.api.model.LoadResponseItem;
import com.github.dockerjava.api.model.Version;
import io.github.ecsmaven.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The engine's images: for the image room, and for services. */
final class EngineImages {
    private final Docker docker;

    EngineImages(Docker docker) {
        this.docker = docker;
    }

    Keeper.Engine engine() {
        DockerClient client = docker.client();
        Version version = client.versionCmd().exec();
        Info info = client.infoCmd().exec();
        return new Keeper.Engine(
                text(version.getVersion()),
                text(version.getOperatingSystem()),
                text(version.getArch()),
                containerd(info));
    }

    /** See Docker's manual, "containerd image store": the driver status names the snapshotter. */
    private static boolean containerd(Info info) {
        List<List<String>> status = info.getDriverStatuses();
        return status != null
                && status.stream().flatMap(List::stream).anyMatch(text -> text.startsWith("io.containerd.snapshotter"));
    }

    Optional<Keeper.Image> inspect(String reference) {
        try {
            InspectImageResponse image =
                    docker.client().inspectImageCmd(reference).exec();
            List<String> layers =
                    image.getRootFS() == null ? null : image.getRootFS().getLayers();
            Long size = image.getSize();
            return Optional.of(new Keeper.Image(
                    text(image.getId()), size == null ? 0 : size, layers == null ? List.of() : layers));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    /** The port that a service of the image is expected to answer on. */
    Optional<Integer> lowestPort(String reference) {
        return exposedPorts(docker.client(), reference).stream().findFirst();
    }

    /** The TCP ports that an image exposes; none when it isn't there. */
    static TreeSet<Integer> exposedPorts(DockerClient client, String reference) {
        TreeSet<Integer> ports = new TreeSet<>();
        try {
            ContainerConfig config = client.inspectImageCmd(reference).exec().getConfig();
            ExposedPort[] exposed = config == null ? null : config.getExposedPorts();
            for (ExposedPort one : exposed == null ? new ExposedPort[0] : exposed) {
                if (one.getProtocol() == InternetProtocol.TCP) {
                    ports.add(one.getPort());
                }
            }
        } catch (NotFoundException e) {
            return new TreeSet<>();
        }
        return ports;
    }

    void load(Path tar) throws IOException, InterruptedException {
        LoadAnswer answer = new LoadAnswer();
        try (InputStream bytes = Files.newInputStream(tar)) {
            docker.client().loadImageAsyncCmd(bytes).exec(answer).awaitCompletion();
        }
        if (!answer.error.isEmpty()) {
            throw Problem.ofMachine(
                    "The Docker engine refused the image '" + tar.getFileName() + "'",
                    List.of(answer.error),
                    "check the engine's free disk space ('docker system df'), then run again",
                    null);
        }
    }

    void tag(String image, String reference) {
        int colon = reference.lastIndexOf(':');
        boolean tagged = colon > reference.lastIndexOf('/');
        String name = tagged ? reference.substring(0, colon) : reference;
        docker.client()
                .tagImageCmd(image, name, tagged ? reference.substring(colon + 1) : "latest")
                .exec();
    }

    void save(String reference, Path tar) throws IOException {
        try (InputStream bytes = docker.client().saveImageCmd(reference).exec()) {
            Files.copy(bytes, tar, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    void remove(String reference) {
        try {
            docker.client().removeImageCmd(reference).exec();
        } catch (NotFoundException e) {
            // Gone already.
        }
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** The engine answers 200 and tells a failure in its stream. */
    private static final class LoadAnswer extends ResultCallback.Adapter<LoadResponseItem> {
        private volatile String error = "";

        @Override
        public void onNext(LoadResponseItem item) {
            String detail =
                    item.getErrorDetail() == null ? null : item.getErrorDetail().getMessage();
            if (detail != null) {
                error = detail;
            }
        }
    }
}
