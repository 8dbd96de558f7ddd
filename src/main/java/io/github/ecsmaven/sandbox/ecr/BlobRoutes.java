package io.github.ecsmaven.sandbox.ecr;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The registry's blobs (OCI distribution spec, "Pulling blobs", "Pushing blobs"). */
final class BlobRoutes {
    private static final Pattern BYTES = Pattern.compile("bytes=(\\d{1,18})-(\\d{1,18})?");
    private static final Pattern PART = Pattern.compile("(?:bytes[ =])?(\\d{1,18})-\\d{1,18}(?:/.*)?");

    private final Repositories repositories;
    private final Blobs blobs;
    private final Clock clock;
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

    BlobRoutes(Repositories repositories, Blobs blobs, Clock clock) {
        this.clock = clock;
        this.repositories = repositories;
        this.blobs = blobs;
    }

    void read(Call call, String name, String digest) throws IOException {
        if (!call.isRead()) {
            throw new RegistryError("UNSUPPORTED", 405, "The operation is unsupported.");
        }
        Repository repository = repositories.get(name);
        boolean known =
                repository.blobs().contains(digest) || repository.images().containsKey(digest);
        if (!Names.isDigest(digest) || !known || !blobs.claim(digest)) {
            throw new RegistryError("BLOB_UNKNOWN", 404, "The blob '" + digest + "' is not in '" + name + "'");
        }
        call.put("Content-Type", "application/octet-stream")
                .put("Docker-Content-Digest", digest)
                .put("Accept-Ranges", "bytes");
        send(call, digest, blobs.size(digest));
    }

    /** POST begins, PATCH goes on, PUT ends, GET asks how far it is, DELETE gives it up. */
    void upload(Call call, String name, String id) throws IOException {
        String method = call.method();
        if (method.equals("POST") && id.isEmpty()) {
            begin(call, name);
            return;
        }
        Upload upload = uploads.get(id);
        if (upload == null || !upload.repository().equals(name)) {
            throw new RegistryError("BLOB_UPLOAD_UNKNOWN", 404, "The upload '" + id + "' is not known");
        }
        switch (method) {
            case "PATCH" -> {
                append(call, upload);
                progress(call, name, id, upload, 202);
            }
            case "PUT" -> {
                append(call, upload);
                complete(call, name, id, upload);
            }
            case "GET" -> progress(call, name, id, upload, 204);
            case "DELETE" -> {
                uploads.remove(id);
                upload.discard();
                call.answer(204);
            }
            default -> throw new RegistryError("UNSUPPORTED", 405, "The operation is unsupported.");
        }
    }

    private void begin(Call call, String name) throws IOException {
        repositories.get(name);
        discardAbandoned();
        if (isMounted(call, name)) {
            return;
        }
        String id = UUID.randomUUID().toString();
        Upload upload = new Upload(name, blobs.newFile(), clock);
        uploads.put(id, upload);
        if (call.query("digest") != null) {
            append(call, upload);
            complete(call, name, id, upload);
        } else {
            progress(call, name, id, upload, 202);
        }
    }

    private void discardAbandoned() throws IOException {
        Instant limit = clock.instant().minus(Blobs.CLAIM);
        for (Map.Entry<String, Upload> one : uploads.entrySet()) {
            if (one.getValue().isUntouchedSince(limit) && uploads.remove(one.getKey(), one.getValue())) {
                one.getValue().discard();
            }
        }
    }

    /** Without a mount that works the answer is an ordinary upload (OCI distribution spec, "Mounting a blob"). */
    private boolean isMounted(Call call, String name) throws IOException {
        String digest = call.query("mount");
        if (digest == null || !Names.isDigest(digest) || !blobs.claim(digest)) {
            return false;
        }
        String from = call.query("from");
        boolean there = repositories.all().stream()
                .filter(repository -> from == null || repository.name().equals(from))
                .anyMatch(repository -> repository.blobs().contains(digest));
        if (there) {
            repositories.change(name, repository -> repository.withBlob(digest));
            created(call, name, digest);
        }
        return there;
    }

    private static void append(Call call, Upload upload) throws IOException {
        String range = call.header("Content-Range");
        if (range != null) {
            Matcher part = PART.matcher(range);
            if (!part.matches() || Long.parseLong(part.group(1)) != upload.size()) {
                throw new RegistryError(
                        "BLOB_UPLOAD_INVALID",
                        416,
                        "First byte of the layer part is " + (part.matches() ? part.group(1) : range) + " instead of "
                                + upload.size());
            }
        }
        upload.append(call.body());
    }

    private void complete(Call call, String name, String id, Upload upload) throws IOException {
        String wanted = call.query("digest");
        String actual = upload.seal();
        uploads.remove(id);
        if (!actual.equals(wanted)) {
            upload.discard();
            throw new RegistryError(
                    "DIGEST_INVALID", 400, "None of the provided layer digests match the calculated layer digest");
        }
        blobs.keep(upload.file(), actual);
        repositories.change(name, repository -> repository.withBlob(actual));
        created(call, name, actual);
    }

    private static void created(Call call, String name, String digest) throws IOException {
        call.put("Location", call.address("/v2/" + name + "/blobs/" + digest))
                .put("Docker-Content-Digest", digest)
                .answer(201);
    }

    private static void progress(Call call, String name, String id, Upload upload, int status) throws IOException {
        call.put("Location", call.address("/v2/" + name + "/blobs/uploads/" + id))
                .put("Docker-Upload-UUID", id)
                .put("Range", "0-" + Math.max(0, upload.size() - 1))
                .answer(status);
    }

    private void send(Call call, String digest, long size) throws IOException {
        Part part = Part.of(call.header("Range"), size);
        if (part.first() >= part.end() && size > 0) {
            call.put("Content-Range", "bytes */" + size).answer(416);
            return;
        }
        if (!part.whole()) {
            call.put("Content-Range", "bytes " + part.first() + "-" + (part.end() - 1) + "/" + size);
        }
        try (InputStream in = blobs.open(digest);
                OutputStream out = call.begin(part.whole() ? 200 : 206, part.end() - part.first())) {
            if (!call.isHead()) {
                in.skipNBytes(part.first());
                copy(in, out, part.end() - part.first());
            }
        }
    }

    /**
     * What of a blob is wanted.
     *
     * @param end after the last byte
     * @param whole also for forms of the header that needn't be understood (RFC 9110, 14.2)
     */
    private record Part(long first, long end, boolean whole) {
        static Part of(@Nullable String header, long size) {
            Matcher bytes = BYTES.matcher(header == null ? "" : header);
            if (!bytes.matches()) {
                return new Part(0, size, true);
            }
            long last = bytes.group(2) == null ? size - 1 : Math.min(Long.parseLong(bytes.group(2)), size - 1);
            return new Part(Long.parseLong(bytes.group(1)), last + 1, false);
        }
    }

    private static void copy(InputStream in, OutputStream out, long count) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (long left = count; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new IOException("The blob ended early");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }
}
