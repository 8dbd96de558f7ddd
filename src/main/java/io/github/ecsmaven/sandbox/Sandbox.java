package io.github.ecsmaven.sandbox;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The sandbox as the goals see it: found, started in the background, run in the foreground, stopped. */
public final class Sandbox {
    private final Path home;
    private final int port;
    private final Path java;
    private final String classPath;

    /**
     * @param home {@code ecs.sandbox.home}: state, blobs, address, log
     * @param port {@code ecs.sandbox.port} on 127.0.0.1; 0: any free one
     * @param java the java command for the background process
     * @param classPath the plugin's one jar (or a class path while it is developed)
     */
    public Sandbox(Path home, int port, Path java, String classPath) {
        this.home = home;
        this.port = port;
        this.java = java;
        this.classPath = classPath;
    }

    /**
     * Where the sandbox answers, and with which credentials of its own.
     *
     * @param endpoint {@code http://127.0.0.1:4747}
     * @param region of everything in it
     * @param accessKeyId for AWS clients
     * @param secretAccessKey for AWS clients
     * @param started true when this call has started it
     */
    public record Address(URI endpoint, String region, String accessKeyId, String secretAccessKey, boolean started) {}

    /** The sandbox of this home, started when it isn't there; safe when several builds ask at once. */
    public Address ensure() {
        throw new UnsupportedOperationException("" + home + port + java + classPath);
    }

    /** The sandbox of this home when it answers. */
    public Optional<Address> find() {
        throw new UnsupportedOperationException();
    }

    /** Runs it in this process until interrupted; {@code ready} is told the address. */
    public void runHere(java.util.function.Consumer<Address> ready) {
        throw new UnsupportedOperationException();
    }

    /**
     * Stops the process and removes its containers; images and state stay unless {@code forget}.
     *
     * @return false when none was running
     */
    public boolean stop(boolean forget) {
        throw new UnsupportedOperationException();
    }
}
