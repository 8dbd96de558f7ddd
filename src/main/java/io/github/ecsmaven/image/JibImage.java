package io.github.ecsmaven.image;

import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.blob.BlobDescriptor;
import com.google.cloud.tools.jib.image.Image;
import com.google.cloud.tools.jib.image.ImageTarball;
import com.google.cloud.tools.jib.image.Layer;
import com.google.cloud.tools.jib.image.json.BuildableManifestTemplate;
import com.google.cloud.tools.jib.image.json.ImageToJsonTranslator;
import com.google.cloud.tools.jib.image.json.ManifestTemplate;
import com.google.cloud.tools.jib.json.JsonTemplateMapper;
import com.google.cloud.tools.jib.tar.TarStreamBuilder;
import io.github.ecsmaven.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An image as Jib has built it. Jib's own tarball can only be written as a whole, which reads and hashes the base image's
 * layers too, half a second for 60 MB; here only the layers that are wanted are written.
 */
final class JibImage {
    private static final String CONFIGURATION = "config.json";

    private final Image image;
    private final byte[] configuration;

    private JibImage(Image image, byte[] configuration) {
        this.image = image;
        this.configuration = configuration;
    }

    static JibImage of(ImageTarball tarball) throws IOException {
        Image image = behind(tarball);
        return new JibImage(
                image, JsonTemplateMapper.toByteArray(new ImageToJsonTranslator(image).getContainerConfiguration()));
    }

    /** Jib gives no other way to it. The version of Jib is the one in this plugin's jar, so the field is there. */
    private static Image behind(ImageTarball tarball) {
        try {
            var field = ImageTarball.class.getDeclaredField("image");
            field.setAccessible(true);
            return (Image) field.get(tarball);
        } catch (ReflectiveOperationException otherJib) {
            throw new IllegalStateException("Jib's tarball has no image", otherJib);
        }
    }

    /** The digest of the configuration. */
    Digest imageId() {
        return Digest.of(configuration);
    }

    /** Of the layers, in order. */
    List<String> diffIds() {
        return image.getLayers().stream()
                .map(layer -> layer.getDiffId().toString())
                .toList();
    }

    /** The 64 digits of each layer's digest, in order, as Jib names its cache's folders. */
    List<String> layerHashes() {
        return blobs().stream().map(blob -> blob.getDigest().getHash()).toList();
    }

    /** Compressed bytes of each layer, in order. */
    List<Long> layerSizes() {
        return blobs().stream().map(BlobDescriptor::getSize).toList();
    }

    private List<BlobDescriptor> blobs() {
        return image.getLayers().stream().map(Layer::getBlobDescriptor).toList();
    }

    /** Compressed bytes of all layers. */
    long size() {
        return layerSizes().stream().mapToLong(Long::longValue).sum();
    }

    /** How many first layers the other image has too. */
    int sharedWith(List<String> others) {
        List<String> own = diffIds();
        int shared = 0;
        while (shared < Math.min(own.size(), others.size()) && own.get(shared).equals(others.get(shared))) {
            shared++;
        }
        return shared;
    }

    /**
     * The size of the manifest in bytes. An index names it, and Jib tells the digest only.
     *
     * @param expected digest that Jib tells
     */
    long manifestSize(Digest expected) throws IOException {
        byte[] manifest = JsonTemplateMapper.toByteArray(manifest());
        if (!Digest.of(manifest).equals(expected)) {
            throw new IOException("the manifest of " + expected + " is not known: " + Digest.of(manifest));
        }
        return manifest.length;
    }

    private BuildableManifestTemplate manifest() throws IOException {
        try {
            Class<? extends ManifestTemplate> format = image.getImageFormat();
            BlobDescriptor described = new BlobDescriptor(
                    configuration.length, DescriptorDigest.fromDigest(imageId().value()));
            return new ImageToJsonTranslator(image)
                    .getManifestTemplate(format.asSubclass(BuildableManifestTemplate.class), described);
        } catch (DigestException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Writes a tar of {@code docker save}'s form, which every engine understands.
     *
     * @param reference {@code name:tag}
     * @param known how many first layers are left out
     */
    void write(OutputStream out, String reference, int known) throws IOException {
        List<String> names =
                layerHashes().stream().map(hash -> hash + ".tar.gz").toList();
        // The same layer can stand twice in an image; it is needed when its second place is new.
        Set<String> wanted = new HashSet<>(names.subList(known, names.size()));
        TarStreamBuilder tar = new TarStreamBuilder();
        for (int at = 0; at < names.size(); at++) {
            if (wanted.remove(names.get(at))) {
                Layer layer = image.getLayers().get(at);
                tar.addBlobEntry(layer.getBlob(), layer.getBlobDescriptor().getSize(), names.get(at), Instant.EPOCH);
            }
        }
        Map<String, Object> index = Map.of("Config", CONFIGURATION, "RepoTags", List.of(reference), "Layers", names);
        tar.addByteEntry(configuration, CONFIGURATION, Instant.EPOCH);
        tar.addByteEntry(ImageTar.JSON.writeValueAsBytes(List.of(index)), ImageTar.MANIFEST, Instant.EPOCH);
        tar.writeAsTarArchiveTo(out);
    }
}
