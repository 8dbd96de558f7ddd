package io.github.ecsmaven.image;

import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.image.json.ManifestListTemplate;
import com.google.cloud.tools.jib.image.json.OciIndexTemplate;
import com.google.cloud.tools.jib.image.json.V22ManifestListTemplate;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.ImageIndex;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.image.BuiltImage.BaseImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a registry has under a base image's name.
 *
 * @param digest of the manifest
 * @param list the same when it is a list; empty for the manifest of one image
 * @param platforms {@code os/architecture} of what is there, as far as known
 */
record BaseManifest(Digest digest, Optional<ManifestListTemplate> list, List<String> platforms) {
    BaseManifest {
        platforms = List.copyOf(platforms);
    }

    static BaseManifest list(Digest digest, ManifestListTemplate list) {
        return new BaseManifest(digest, Optional.of(list), platforms(list));
    }

    /** @param platform empty when it wasn't looked at */
    static BaseManifest image(Digest digest, Optional<String> platform) {
        return new BaseManifest(digest, Optional.empty(), platform.stream().toList());
    }

    /**
     * What is built on for each platform: for one the manifest that was found, as Jib looks into a list itself; for several
     * its children, so that each is built alone.
     *
     * @param name as the user wrote it
     * @throws Problem when the base image hasn't got one of them
     */
    List<BaseImage> parts(String name, List<Platform> wanted) {
        boolean several = wanted.size() > 1;
        if (list.isEmpty() && several) {
            throw Problem.ofProject(
                    "The base image '" + name + "' is of one platform"
                            + platforms.stream().findFirst().map(", "::concat).orElse("")
                            + ", and ecs.from.platforms names " + ImageIndex.inWords(Platforms.names(wanted)) + ".",
                    "set ecs.from.image to an image for these platforms, or name one platform in ecs.from.platforms.");
        }
        List<BaseImage> children = new ArrayList<>();
        for (Platform platform : list.isPresent() ? wanted : List.<Platform>of()) {
            children.add(
                    new BaseImage(name, child(platform).orElseThrow(() -> missing(name, List.of(platform), has()))));
        }
        return several ? children : List.of(new BaseImage(name, digest));
    }

    /** Of two entries for a platform the first, as Jib takes it. */
    private Optional<Digest> child(Platform platform) {
        return list.map(there -> there.getDigestsForPlatform(platform.getArchitecture(), platform.getOs()))
                .flatMap(digests -> digests.stream().findFirst())
                .map(Digest::new);
    }

    private String has() {
        return platforms.isEmpty() ? "Its list names no platform." : "It has " + ImageIndex.inWords(platforms) + ".";
    }

    /** @param has a sentence that tells which platforms there are */
    static Problem missing(String name, List<Platform> platforms, String has) {
        return Problem.ofProject(
                "The base image '" + name + "' has no image for " + ImageIndex.inWords(Platforms.names(platforms))
                        + ".",
                List.of(has),
                "name platforms that it has in ecs.from.platforms, or another base image in ecs.from.image.");
    }

    /** BuildKit lists its attestations too, under the platform unknown/unknown. */
    private static List<String> platforms(ManifestListTemplate list) {
        Stream<String> names = Stream.empty();
        if (list instanceof V22ManifestListTemplate docker) {
            names = docker.getManifests().stream()
                    .map(V22ManifestListTemplate.ManifestDescriptorTemplate::getPlatform)
                    .filter(Objects::nonNull)
                    .map(platform -> platform.getOs() + "/" + platform.getArchitecture());
        }
        if (list instanceof OciIndexTemplate oci) {
            names = oci.getManifests().stream()
                    .map(OciIndexTemplate.ManifestDescriptorTemplate::getPlatform)
                    .filter(Objects::nonNull)
                    .map(platform -> platform.getOs() + "/" + platform.getArchitecture());
        }
        return names.filter(name -> !name.equals("unknown/unknown")).distinct().toList();
    }
}
