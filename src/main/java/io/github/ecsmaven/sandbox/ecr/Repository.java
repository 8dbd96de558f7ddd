package io.github.ecsmaven.sandbox.ecr;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A repository as it is stored: one JSON file. It is never changed, only replaced by a changed copy.
 *
 * @param created epoch milliseconds
 * @param mutability {@code MUTABLE} or {@code IMMUTABLE}
 * @param scanOnPush whether a push starts a scan
 * @param labels the resource's tags
 * @param images by digest
 * @param tags digest by tag
 * @param blobs the layers and configurations that were uploaded to it or mounted into it
 */
record Repository(
        String name,
        long created,
        String mutability,
        boolean scanOnPush,
        Map<String, String> labels,
        Map<String, Image> images,
        Map<String, String> tags,
        Set<String> blobs) {
    static final String IMMUTABLE = "IMMUTABLE";

    Repository {
        labels = Map.copyOf(labels);
        images = Map.copyOf(images);
        tags = Map.copyOf(tags);
        blobs = Set.copyOf(blobs);
    }

    /**
     * @param pushed epoch milliseconds
     * @param size of configuration and layers, in bytes, compressed
     * @param children digests of the manifests of an index
     * @param scanned epoch milliseconds of the last scan; null: never
     */
    record Image(
            String digest,
            String mediaType,
            @Nullable String artifactType,
            long size,
            long pushed,
            List<String> children,
            @Nullable Long scanned) {
        Image {
            children = List.copyOf(children);
        }

        Image withScan(long at) {
            return new Image(digest, mediaType, artifactType, size, pushed, children, at);
        }
    }

    @JsonIgnore
    boolean immutable() {
        return IMMUTABLE.equals(mutability);
    }

    /** The image's tags, sorted. */
    List<String> tagsOf(String digest) {
        return tags.entrySet().stream()
                .filter(tag -> tag.getValue().equals(digest))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    Repository withMutability(String changed) {
        return new Repository(name, created, changed, scanOnPush, labels, images, tags, blobs);
    }

    Repository withLabels(Map<String, String> changed) {
        return new Repository(name, created, mutability, scanOnPush, changed, images, tags, blobs);
    }

    Repository withBlob(String digest) {
        Set<String> more = new TreeSet<>(blobs);
        more.add(digest);
        return new Repository(name, created, mutability, scanOnPush, labels, images, tags, more);
    }

    Repository withoutBlobs(Set<String> digests) {
        Set<String> fewer = new TreeSet<>(blobs);
        fewer.removeAll(digests);
        return new Repository(name, created, mutability, scanOnPush, labels, images, tags, fewer);
    }

    Repository withImage(Image image, @Nullable String tag) {
        Map<String, Image> moreImages = new TreeMap<>(images);
        moreImages.put(image.digest(), image);
        Map<String, String> moreTags = new TreeMap<>(tags);
        if (tag != null) {
            moreTags.put(tag, image.digest());
        }
        return new Repository(name, created, mutability, scanOnPush, labels, moreImages, moreTags, blobs);
    }

    Repository withoutTag(String tag) {
        Map<String, String> fewer = new TreeMap<>(tags);
        fewer.remove(tag);
        return new Repository(name, created, mutability, scanOnPush, labels, images, fewer, blobs);
    }

    /** Without the image and its tags. */
    Repository withoutImage(String digest) {
        Map<String, Image> fewer = new TreeMap<>(images);
        fewer.remove(digest);
        Map<String, String> fewerTags = new TreeMap<>(tags);
        fewerTags.values().removeIf(digest::equals);
        return new Repository(name, created, mutability, scanOnPush, labels, fewer, fewerTags, blobs);
    }
}
