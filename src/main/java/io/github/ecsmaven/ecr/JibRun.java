package io.github.ecsmaven.ecr;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.DockerClient;
import com.google.cloud.tools.jib.api.DockerDaemonImage;
import com.google.cloud.tools.jib.api.ImageDetails;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.event.events.ProgressEvent;
import com.google.cloud.tools.jib.event.events.TimerEvent;
import com.google.cloud.tools.jib.image.ImageTarball;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.ImageTool;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.RegistryHost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** The image of a request made by Jib once more: to learn its digest, or to send it to a registry. */
final class JibRun {
    private final PushRequest request;
    private final PushRequest.Image image;
    private final PushLog log;

    /** @param image one of the request's */
    JibRun(PushRequest request, PushRequest.Image image, PushLog log) {
        this.request = request;
        this.image = image;
        this.log = log;
    }

    /** What the image has to be. */
    Digest digest() {
        return image.digest();
    }

    /** What would be pushed; nothing is sent. */
    JibContainer look() throws IOException, RegistryException, ExecutionException, InterruptedException {
        DockerDaemonImage nowhere = DockerDaemonImage.named(ImageReference.of(null, "nowhere", null));
        return run(Containerizer.to(new Nowhere(), nowhere));
    }

    /**
     * Sends what the registry hasn't got.
     *
     * @param names tags, or the one digest that the image must have
     * @param sent collects what goes over the wire
     */
    void send(PushTarget target, List<String> names, SentBlobs sent)
            throws IOException, RegistryException, ExecutionException, InterruptedException {
        ImageReference to = target.image();
        String first = names.get(0);
        boolean digest = first.startsWith("sha256:");
        RegistryImage named = RegistryImage.named(
                ImageReference.of(to.getRegistry(), to.getRepository(), digest ? null : first, digest ? first : null));
        target.credentials().forEach(named::addCredentialRetriever);
        Containerizer containerizer = Containerizer.to(named)
                .setAllowInsecureRegistries(RegistryHost.isLoopback(to.getRegistry()))
                .addEventHandler(TimerEvent.class, sent::timed)
                .addEventHandler(ProgressEvent.class, sent::progressed);
        names.stream().skip(1).forEach(containerizer::withAdditionalTag);
        run(containerizer);
    }

    private JibContainer run(Containerizer containerizer)
            throws IOException, RegistryException, ExecutionException, InterruptedException {
        containerizer
                .setToolName(ImageTool.NAME)
                .setToolVersion(ImageTool.VERSION)
                .setBaseImageLayersCache(request.baseCache())
                .setApplicationLayersCache(request.applicationCache())
                .setAlwaysCacheBaseImage(true)
                .addEventHandler(LogEvent.class, event -> log.detail(event.getMessage()));
        try {
            return image.builder().containerize(containerizer);
        } catch (CacheDirectoryCreationException error) {
            throw Problem.ofMachine(
                    "Jib's cache '" + request.baseCache() + "' could not be made.",
                    List.of(String.valueOf(error.getMessage())),
                    "make the folder writable.",
                    error);
        }
    }

    /** Jib tells digests only when it has brought an image somewhere; this engine takes everything and keeps nothing. */
    private static final class Nowhere implements DockerClient {
        @Override
        public boolean supported(Map<String, String> parameters) {
            return true;
        }

        @Override
        public String load(ImageTarball image, Consumer<Long> written) {
            return "";
        }

        @Override
        public void save(ImageReference image, Path tar, Consumer<Long> written) {
            throw new UnsupportedOperationException("nothing is kept");
        }

        @Override
        public ImageDetails inspect(ImageReference image) {
            throw new UnsupportedOperationException("nothing is kept");
        }
    }
}
