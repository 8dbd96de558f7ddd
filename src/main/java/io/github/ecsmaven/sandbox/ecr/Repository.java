package io.github.ecsmaven.sandbox.ecr;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A repository as it is stored: one JSON file. It is never changed, only replaced by a changed copy.
 *
 * @param created epoch milliseconds
 * @param mutability as in ECR's API, {@code MUTABLE} for example
 * @param scanOnPush whether a push starts a scan
 * @param labels the resource's tags
 * @param images by digest
 * @param tags digest by tag
 * @param blobs the layers and configurations that were uploaded to it or mounted into it
 * @param settings what else it was created with
 */
record Repository(
        String name,
        long created,
        String mutability,
        boolean scanOnPush,
        Map<String, String> labels,
        Map<String, Image> images,
        Map<String, String> tags,
        Set<String> blobs,
        Settings settings) {
    static final String IMMUTABLE = "IMMUTABLE";

    /**
     * What is kept and shown, and has no effect here but for the exceptions.
     *
     * @param exceptions filters of {@code imageTagMutabilityExclusionFilters}
     * @param encryption its type
     * @param kmsKey null without a key of KMS
     * @param lifecyclePolicy null: none; no image expires here
     */
    record Settings(
            List<String> exceptions,
            String encryption,
            @Nullable String kmsKey,
            @Nullable String lifecyclePolicy) {
        static final Settings PLAIN = new Settings(List.of(), "AES256", null, null);

        Settings {
            exceptions = List.copyOf(exceptions);
        }

        Settings withExceptions(List<String> changed) {
            return new Settings(changed, encryption, kmsKey, lifecyclePolicy);
        }

        Settings withLifecyclePolicy(@Nullable String changed) {
            return new Settings(exceptions, encryption, kmsKey, changed);
        }
    }

    Repository {
        settings = settings == null ? Settings.PLAIN : settings;
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

    /** An exclusion turns the rule round for the tags that it names (ECR API, ImageTagMutability). */
    boolean mayMove(String tag) {
        boolean excepted = settings.exceptions().stream()
                .anyMatch(filter -> tag.matches(
                        Stream.of(filter.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"))));
        return mutability.startsWith(IMMUTABLE) == excepted;
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
        return new Repository(name, created, changed, scanOnPush, labels, images, tags, blobs, settings);
    }

    Repository withScanOnPush(boolean changed) {
        return new Repository(name, created, mutability, changed, labels, images, tags, blobs, settings);
    }

    Repository withSettings(Settings changed) {
        return new Repository(name, created, mutability, scanOnPush, labels, images, tags, blobs, changed);
    }

    Repository withLabels(Map<String, String> changed) {
        return new Repository(name, created, mutability, scanOnPush, changed, images, tags, blobs, settings);
    }

    Repository withBlob(String digest) {
        Set<String> more = new TreeSet<>(blobs);
        more.add(digest);
        return new Repository(name, created, mutability, scanOnPush, labels, images, tags, more, settings);
    }

    Repository withoutBlobs(Set<String> digests) {
        Set<String> fewer = new TreeSet<>(blobs);
        fewer.removeAll(digests);
        return new Repository(name, created, mutability, scanOnPush, labels, images, tags, fewer, settings);
    }

    Repository withImage(Image image, @Nullable String tag) {
        Map<String, Image> moreImages = new TreeMap<>(images);
        moreImages.put(image.digest(), image);
        Map<String, String> moreTags = new TreeMap<>(tags);
        if (tag != null) {
            moreTags.put(tag, image.digest());
        }
        return new Repository(name, created, mutability, scanOnPush, labels, moreImages, moreTags, blobs, settings);
    }

    Repository withoutTag(String tag) {
        Map<String, String> fewer = new TreeMap<>(tags);
        fewer.remove(tag);
        return new Repository(name, created, mutability, scanOnPush, labels, images, fewer, blobs, settings);
    }

    /** Without the image and its tags. */
    Repository withoutImage(String digest) {
        Map<String, Image> fewer = new TreeMap<>(images);
        fewer.remove(digest);
        Map<String, String> fewerTags = new TreeMap<>(tags);
        fewerTags.values().removeIf(digest::equals);
        return new Repository(name, created, mutability, scanOnPush, labels, fewer, fewerTags, blobs, settings);
    }
}
