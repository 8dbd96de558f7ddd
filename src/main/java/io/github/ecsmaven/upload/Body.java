package io.github.ecsmaven.upload;

import io.github.ecsmaven.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * What is sent for a file.
 *
 * @param sha256 of these bytes, in Base64 as S3 wants it: it refuses what has changed on the way
 * @param size bytes
 */
record Body(RequestBody request, String sha256, long size) {
    /** A file below that is read once, checked and sent from memory. */
    private static final long SMALL = 8L << 20;

    /** @throws Problem when the file is no longer what it was when its checksum was made */
    static Body of(SiteFile file) {
        try {
            if (file.size() > SMALL && !file.zip()) {
                return streamed(file);
            }
            byte[] bytes = Files.readAllBytes(file.source());
            byte[] digest = ReadDirectory.sha256().digest(bytes);
            if (!HexFormat.of().formatHex(digest).equals(file.sha256())) {
                throw changed(file);
            }
            return file.zip() ? zipped(bytes) : of(bytes, digest);
        } catch (IOException unreadable) {
            throw ReadDirectory.unreadable(file.source(), unreadable);
        }
    }

    private static Body streamed(SiteFile file) throws IOException {
        if (Files.size(file.source()) != file.size()) {
            throw changed(file);
        }
        String sha256 = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(file.sha256()));
        return new Body(RequestBody.fromFile(file.source()), sha256, file.size());
    }

    private static Body zipped(byte[] plain) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream(plain.length / 2);
        try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write(plain);
        }
        MessageDigest digest = ReadDirectory.sha256();
        byte[] bytes = zipped.toByteArray();
        return of(bytes, digest.digest(bytes));
    }

    private static Body of(byte[] bytes, byte[] digest) {
        return new Body(RequestBody.fromBytes(bytes), Base64.getEncoder().encodeToString(digest), bytes.length);
    }

    /** In hexadecimal: the ETag of an object that has these bytes, unless it lies there encrypted with a key of KMS. */
    String md5() {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            try (InputStream bytes =
                    new DigestInputStream(request.contentStreamProvider().newStream(), digest)) {
                bytes.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Problem changed(SiteFile file) {
        return Problem.ofProject(
                "'" + file.source() + "' was changed while the files were being uploaded.",
                "end what works on ecs.upload.directory (a bundler in watch mode), and deploy again.");
    }
}
