package io.github.ecsmaven.sandbox.ecr;

import io.github.ecsmaven.sandbox.ecr.Repository.Image;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sandbox's own images by the names that task definitions use. */
final class PushedImages implements StoredImages {
    private static final Pattern NAME =
            Pattern.compile("(?:127\\.0\\.0\\.1|localhost):(\\d+)/([^:@]+)(?::([^@]+))?(?:@(.+))?");

    private final Repositories repositories;
    private final Blobs blobs;
    private final int port;

    /** @param port of the sandbox, the registry's port in names */
    PushedImages(Repositories repositories, Blobs blobs, int port) {
        this.repositories = repositories;
        this.blobs = blobs;
        this.port = port;
    }

    @Override
    public Optional<String> digest(String image) {
        return named(image).map(name -> found(repository(name), name).digest());
    }

    @Override
    public Optional<StoredImage> resolve(String image, Supplier<Platform> platform) {
        return named(image).map(name -> {
            Repository repository = repository(name);
            Image found = found(repository, name);
            Manifest manifest = manifest(found);
            return stored(
                    found,
                    manifest.isIndex()
                            ? manifest(repositories.image(repository, child(manifest, platform.get()), null))
                            : manifest);
        });
    }

    private Optional<Matcher> named(String image) {
        return Optional.of(NAME.matcher(image)).filter(Matcher::matches).filter(name -> name.group(1)
                .equals(Integer.toString(port)));
    }

    private Repository repository(Matcher name) {
        return repositories.get(name.group(2));
    }

    private Image found(Repository repository, Matcher name) {
        String digest = name.group(4);
        String tag = digest != null ? null : name.group(3) != null ? name.group(3) : "latest";
        return repositories.image(repository, digest, tag);
    }

    private static String child(Manifest index, Platform platform) {
        return index.children().stream()
                .filter(child ->
                        child.os().equals(platform.os()) && child.architecture().equals(platform.architecture()))
                .map(Manifest.Child::digest)
                .findFirst()
                .orElseThrow(() -> Refusal.error(
                        NO_PLATFORM,
                        "image Manifest does not contain descriptor matching platform '" + platform.os() + "/"
                                + platform.architecture() + "'"));
    }

    private Manifest manifest(Image image) {
        return Manifest.parse(blobs.bytes(image.digest()), image.mediaType());
    }

    private StoredImage stored(Image found, Manifest manifest) {
        if (manifest.config() == null) {
            throw Refusal.error(NO_PLATFORM, "An index within an index can't be run.");
        }
        List<Layer> layers = manifest.layers().stream()
                .map(layer -> new Layer(layer.digest(), blobs.file(layer.digest()), layer.mediaType()))
                .toList();
        String config = manifest.config().digest();
        return new StoredImage(found.digest(), config, blobs.file(config), layers);
    }
}
