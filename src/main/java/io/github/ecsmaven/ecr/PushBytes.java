package io.github.ecsmaven.ecr;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.event.events.TimerEvent;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.Problem;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** Sends an image once, under one qualifier: a tag, or the digest that it must have. */
final class PushBytes {
    private final PushRequest request;
    private final PushTarget target;
    private final PushLog log;

    PushBytes(PushRequest request, PushTarget target, PushLog log) {
        this.request = request;
        this.target = target;
        this.log = log;
    }

    /**
     * @param sent collects what went over the wire
     * @return the digest that Jib computed for the bytes
     */
    Digest run(String qualifier, SentBlobs sent)
            throws IOException, RegistryException, ExecutionException, InterruptedException {
        ImageReference image = target.image();
        boolean digest = qualifier.startsWith("sha256:");
        ImageReference exact = ImageReference.of(
                image.getRegistry(), image.getRepository(), digest ? null : qualifier, digest ? qualifier : null);
        RegistryImage to = RegistryImage.named(exact);
        target.credentials().forEach(to::addCredentialRetriever);
        Containerizer containerizer = Containerizer.to(to)
                .setToolName("ecs-maven-plugin")
                .setToolVersion("1")
                .setBaseImageLayersCache(request.baseCache())
                .setApplicationLayersCache(request.applicationCache())
                .setAlwaysCacheBaseImage(true)
                .setAllowInsecureRegistries(target.isLoopback())
                .addEventHandler(TimerEvent.class, sent::started)
                .addEventHandler(LogEvent.class, event -> {
                    sent.told(event.getMessage());
                    log.detail(event.getMessage());
                });
        try {
            return new Digest(
                    request.image().containerize(containerizer).getDigest().toString());
        } catch (CacheDirectoryCreationException error) {
            throw Problem.ofMachine(
                    "Jib's cache '" + request.baseCache() + "' could not be made.",
                    List.of(String.valueOf(error.getMessage())),
                    "make the folder writable.",
                    error);
        }
    }
}
