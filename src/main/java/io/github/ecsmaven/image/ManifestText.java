package io.github.ecsmaven.image;

import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.image.json.BuildableManifestTemplate;
import com.google.cloud.tools.jib.image.json.OciManifestTemplate;
import com.google.cloud.tools.jib.image.json.V22ManifestTemplate;
import com.google.cloud.tools.jib.json.JsonTemplateMapper;
import io.github.ecsmaven.Digest;
import java.io.IOException;
import java.security.DigestException;

/**
 * The manifest of a built image. An index names its size, and Jib tells its digest only; so it is written once more, by Jib's
 * own template, from what stands in the image's tar.
 */
final class ManifestText {
    private ManifestText() {}

    /**
     * @param expected digest that Jib tells
     * @return how many bytes it has
     */
    static long size(TarContents image, ImageFormat format, Digest expected) throws IOException {
        byte[] bytes = JsonTemplateMapper.toByteArray(manifest(image, format));
        if (!Digest.of(bytes).equals(expected)) {
            throw new IOException("the manifest of " + expected + " is not known: " + Digest.of(bytes));
        }
        return bytes.length;
    }

    private static BuildableManifestTemplate manifest(TarContents image, ImageFormat format) throws IOException {
        BuildableManifestTemplate manifest =
                format == ImageFormat.OCI ? new OciManifestTemplate() : new V22ManifestTemplate();
        try {
            manifest.setContainerConfiguration(
                    image.configSize(),
                    DescriptorDigest.fromDigest(image.imageId().value()));
            for (int at = 0; at < image.layers().size(); at++) {
                String hash = TarContents.hash(image.layers().get(at));
                manifest.addLayer(image.layerSizes().get(at), DescriptorDigest.fromHash(hash));
            }
            return manifest;
        } catch (DigestException error) {
            throw new IOException("a layer of the tar has no digest as its name", error);
        }
    }
}
