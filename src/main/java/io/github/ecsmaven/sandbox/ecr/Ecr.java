package io.github.ecsmaven.sandbox.ecr;

import com.sun.net.httpserver.HttpHandler;
import io.github.ecsmaven.sandbox.wire.Caller;
import io.github.ecsmaven.sandbox.wire.JsonService;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Amazon ECR with its state on disk: the JSON API, the registry, and the images for whoever runs them. */
public final class Ecr {
    private static final Logger LOG = System.getLogger(Ecr.class.getName());

    private final JsonService api;
    private final JsonService publicApi;
    private final HttpHandler registry;
    private final StoredImages images;
    private final Repositories repositories;
    private final Owners owners;

    /**
     * @param home of the sandbox: {@code ecr} and {@code blobs} in it are this class's
     * @param port of the sandbox on 127.0.0.1
     * @param own the sandbox's account and region
     * @param secret signs the registry's passwords
     */
    public Ecr(Path home, int port, Caller own, String secret, Clock clock) {
        String host = "127.0.0.1:" + port;
        owners = new Owners(own);
        Refusal refusal = new Refusal(owners);
        Blobs blobs = new Blobs(home, clock);
        repositories = new Repositories(home, refusal);
        FreeBlobs free = new FreeBlobs(repositories, blobs);
        collect(free);
        StoreImage store = new StoreImage(repositories, blobs, refusal, clock);
        Tokens tokens = new Tokens(secret, clock);
        images = new PushedImages(repositories, blobs, port);
        api = new EcrService(
                new RepositoryActions(repositories, owners, free, host, clock),
                new ImageActions(repositories, blobs, free, store, clock),
                new LifecycleActions(repositories, refusal),
                new ScanActions(repositories, refusal, clock),
                owners,
                tokens,
                host,
                clock);
        publicApi = new PublicEcrService(tokens, clock);
        registry = new Registry(
                tokens, new ManifestRoutes(repositories, blobs, store), new BlobRoutes(repositories, blobs, clock));
    }

    /** A manifest that can't be read says nothing of what it needs: then nothing is deleted, and all else works. */
    private static void collect(FreeBlobs free) {
        try {
            free.run();
        } catch (RuntimeException unreadable) {
            LOG.log(Level.WARNING, "Unused blobs could not be deleted.", unreadable);
        }
    }

    public JsonService api() {
        return api;
    }

    /** Public ECR's, as far as the login to it. */
    public JsonService publicApi() {
        return publicApi;
    }

    /** {@code /v2/}, OCI distribution spec. */
    public HttpHandler registry() {
        return registry;
    }

    public StoredImages images() {
        return images;
    }

    public Owners owners() {
        return owners;
    }

    /** All that own a repository. */
    public Set<Caller> callers() {
        return repositories.all().stream()
                .map(repository -> owners.of(repository.name()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
