package io.github.ecsmaven;

import java.net.URI;
import java.nio.file.Path;

/** The Docker engine that the tests use: the one that a build would find. */
public final class LocalEngine {
    private LocalEngine() {}

    public static URI address() {
        return new EngineAddress(System.getenv(), Path.of(System.getProperty("user.home"))).find();
    }
}
