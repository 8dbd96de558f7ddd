package io.github.ecsmaven.image;

import java.nio.file.Path;
import java.util.Optional;

/** A fresh engine of some platform. */
record EmptyEngine(String os, String architecture) implements Engine {
    @Override
    public Info info() {
        return new Info("20.10", os, architecture, false);
    }

    @Override
    public Optional<EngineImage> inspect(String reference) {
        return Optional.empty();
    }

    @Override
    public void load(Path tar) {}

    @Override
    public void tag(String imageId, String reference) {}

    @Override
    public void remove(String reference) {}

    @Override
    public void save(String reference, Path tar) {}
}
