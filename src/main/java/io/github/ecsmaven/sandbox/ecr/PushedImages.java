package io.github.ecsmaven.sandbox.ecr;

import io.github.ecsmaven.sandbox.ecr.Repository.Image;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sandbox's own images by the names that task definitions use. */
final class PushedImages implements StoredImages {
    private static final Pattern NAME =
            Pattern.compile("(?:127\\.0\\.0\\.1|localhost):(\\d+)/([^:@]+)(?::([^@]+))?(?:@(.+))?");

    private final Repositories repositories;
    private final Blobs blobs;
    private final int port;
    private final String architecture;

    /**
     * @param port of the sandbox, the registry's port in names
     * @param architecture of this machine in Go's words, for example {@code amd64}
     */
    PushedImages(Repositories repositories, Blobs blobs, int port, String architecture) {
        this.repositories = repositories;
        this.blobs = blobs;
        this.port = port;
        this.architecture = architecture;
    }

    /** Go's word for a value of the system property {@code os.arch}. */
    static String architecture(String osArch) {
        return switch (osArch) {
            case "x86_64", "amd64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> osArch;
        };
    }

    @Override
    public Optional<StoredImage> resolve(String image) {
        Matcher name = NAME.matcher(image);
        if (!name.matches() || !name.group(1).equals(Integer.toString(port))) {
            return Optional.empty();
        }
        Repository repository = repositories.get(name.group(2));
        String digest = name.group(4);
        String tag = digest != null ? null : name.group(3) != null ? name.group(3) : "latest";
        Image found = repositories.image(repository, digest, tag);
        Manifest manifest = manifest(found);
        if (manifest.isIndex()) {
            manifest = manifest(repositories.image(repository, child(image, manifest), null));
        }
        return Optional.of(stored(found, manifest));
    }

    private String child(String image, Manifest index) {
        return index.children().stream()
                .filter(child ->
                        child.os().equals("linux") && child.architecture().equals(architecture))
                .map(Manifest.Child::digest)
                .findFirst()
                .orElseThrow(() -> Refusal.error(
                        "ImageNotFoundException",
                        "image Manifest does not contain descriptor matching platform 'linux/" + architecture + "': "
                                + image));
    }

    private Manifest manifest(Image image) {
        return Manifest.parse(blobs.bytes(image.digest()), image.mediaType());
    }

    private StoredImage stored(Image found, Manifest manifest) {
        if (manifest.config() == null) {
            throw Refusal.error("UnsupportedImageTypeException", "An index within an index can't be run.");
        }
        List<Layer> layers = manifest.layers().stream()
                .map(layer -> new Layer(layer.digest(), blobs.file(layer.digest()), layer.mediaType()))
                .toList();
        String config = manifest.config().digest();
        return new StoredImage(found.digest(), config, blobs.file(config), layers);
    }
}
