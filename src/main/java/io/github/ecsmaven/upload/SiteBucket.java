package io.github.ecsmaven.upload;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.RecordFile;
import java.io.IOException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The bucket under its prefix: each call. */
final class SiteBucket {
    /** Below the prefix: what this plugin keeps for itself. */
    static final String OWN = ".ecs/";

    private static final String STATE = OWN + "current.json";
    private static final String BEGUN = OWN + "begun.json";
    private static final String SETS = OWN + "sets/";
    private static final String COPIES = OWN + "copies/";
    private static final int MOST_DELETED = 1_000;
    /** S3 answers with a thousand keys at most, however many are asked for; other stores with all, in one answer. */
    private static final int MOST_LISTED = 100_000;

    private static final int BAD_REQUEST = 400;
    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;
    private static final int NOT_IMPLEMENTED = 501;

    private final S3Client s3;
    private final String bucket;
    private final String prefix;
    private final BucketRefusals refusals;

    /** @param prefix empty, or ends with a slash */
    SiteBucket(S3Client s3, String bucket, String prefix) {
        this.s3 = s3;
        this.bucket = bucket;
        this.prefix = prefix;
        this.refusals = new BucketRefusals(bucket, prefix);
    }

    /** {@code s3://bucket/prefix} */
    String place() {
        return "s3://" + bucket + "/" + prefix;
    }

    /**
     * An object of this plugin's own.
     *
     * @param etag for a conditional write
     * @param age since it was written, by the clock of S3; 0 when that is unknown
     */
    record Own(byte[] bytes, String etag, long ageSeconds) {}

    Optional<Own> lease() {
        return read(OWN + "lease.json");
    }

    /**
     * Writes the lease when it is still as it was.
     *
     * @param before the etag of the one that was read; empty: there was none
     * @return its etag; empty when another upload has written it in between
     */
    Optional<String> writeLease(byte[] lease, Optional<String> before) {
        return writeIfUnchanged(OWN + "lease.json", lease, before);
    }

    /**
     * The state, and its etag; the one that says that there is nothing, and an empty etag, in a bucket without one.
     *
     * @throws Problem when it can't be read as one
     */
    Map.Entry<SiteState, String> state() {
        return read(STATE)
                .map(own -> Map.entry(parse(own.bytes(), STATE), own.etag()))
                .orElseGet(() -> Map.entry(SiteState.nothing(), ""));
    }

    /** @return false when another upload has written it in between */
    boolean writeState(SiteState state, String before) {
        return writeIfUnchanged(
                        STATE, RecordFile.line(state), Optional.of(before).filter(etag -> !etag.isEmpty()))
                .isPresent();
    }

    /** What an upload that was broken off was about to do; one that can't be read counts for nothing. */
    BegunUpload begun() {
        Optional<Own> own = read(BEGUN);
        try {
            return own.isPresent() ? RecordFile.parse(own.get().bytes(), BegunUpload.class) : BegunUpload.nothing();
        } catch (IOException | RuntimeException broken) {
            return BegunUpload.nothing();
        }
    }

    void begin(BegunUpload upload) {
        byte[] bytes = RecordFile.line(upload);
        call("write '" + BEGUN + "' of " + place(), () -> write(BEGUN, bytes, put -> {}));
    }

    /** The state becomes that of an earlier set. */
    void keepSet(String id, String etag) {
        call(
                "keep the list of the files of the set before in " + place(),
                () -> s3.copyObject(copy -> copy.sourceBucket(bucket)
                        .sourceKey(prefix + STATE)
                        .copySourceIfMatch(etag)
                        .destinationBucket(bucket)
                        .destinationKey(prefix + SETS + id + ".json")));
    }

    /** @return empty when there is none of this id */
    Optional<SiteState> set(String id) {
        String key = SETS + id + ".json";
        return read(key).map(own -> parse(own.bytes(), key));
    }

    private SiteState parse(byte[] text, String key) {
        try {
            SiteState state = RecordFile.parse(text, SiteState.class);
            if (state.format() <= SiteState.FORMAT) {
                return state;
            }
            throw Problem.ofProject(
                    "The record '" + place() + key + "' was written by a later version of this plugin.",
                    "upload with that version, or later ones.");
        } catch (IOException | RuntimeException broken) {
            if (broken instanceof Problem problem) {
                throw problem;
            }
            throw new Problem(
                    Problem.Blame.PROJECT,
                    "The record '" + place() + key + "' can't be read.",
                    List.of(String.valueOf(broken.getMessage())),
                    "delete it (aws s3 rm " + place() + key + "): the next upload sends all files again.",
                    broken);
        }
    }

    Listing list() {
        return call("list " + place(), () -> {
            try {
                return list(Optional.of(MOST_LISTED));
            } catch (AwsServiceException refused) {
                if (refused.statusCode() == BAD_REQUEST) {
                    // A store beside S3 that minds the number.
                    return list(Optional.empty());
                }
                throw refused;
            }
        });
    }

    private Listing list(Optional<Integer> most) {
        Map<String, String> site = new TreeMap<>();
        Set<String> copies = new HashSet<>();
        Set<String> sets = new HashSet<>();
        for (S3Object object : s3.listObjectsV2Paginator(
                        list -> list.bucket(bucket).prefix(prefix).maxKeys(most.orElse(null)))
                .contents()) {
            String key = object.key().substring(prefix.length());
            if (key.startsWith(COPIES)) {
                copies.add(key.substring(COPIES.length()));
            } else if (key.startsWith(SETS)) {
                sets.add(key.substring(SETS.length()).replaceFirst("\\.json$", ""));
            } else if (!key.startsWith(OWN)) {
                site.put(key, quoted(object.eTag()));
            }
        }
        return new Listing(site, copies, sets);
    }

    /** @return the etag */
    String put(String key, FileHeaders headers, Body body) {
        return call(
                "upload '" + key + "' to " + place(),
                () -> quoted(s3.putObject(
                                put -> with(put, headers)
                                        .bucket(bucket)
                                        .key(prefix + key)
                                        .checksumSHA256(body.sha256()),
                                body.request())
                        .eTag()));
    }

    private static PutObjectRequest.Builder with(PutObjectRequest.Builder put, FileHeaders headers) {
        return put.contentType(headers.contentType())
                .cacheControl(headers.cacheControl())
                .contentEncoding(headers.contentEncoding().orElse(null));
    }

    /** Keeps the bytes for the way back. */
    void keep(UploadPlan.Copy wanted) {
        try {
            call(
                    "keep a copy of '" + wanted.key() + "' in " + place(),
                    () -> s3.copyObject(copy -> copy.sourceBucket(bucket)
                            .sourceKey(prefix + wanted.key())
                            .copySourceIfMatch(wanted.etag())
                            .destinationBucket(bucket)
                            .destinationKey(prefix + COPIES + wanted.name())));
        } catch (Problem problem) {
            if (problem.getCause() instanceof AwsServiceException gone
                    && (gone.statusCode() == PRECONDITION_FAILED || gone.statusCode() == 404)) {
                throw Problem.ofProject(
                        "'" + wanted.key() + "' in " + place() + " was changed or removed by somebody else right now.",
                        "see who else writes to the bucket, and deploy again.");
            }
            throw problem;
        }
    }

    /**
     * Brings a copy back.
     *
     * @return the etag
     */
    String restore(String key, Content content) {
        return call(
                "bring '" + key + "' back in " + place(),
                () -> quoted(s3.copyObject(copy -> copy.sourceBucket(bucket)
                                .sourceKey(prefix + COPIES + content.copyName())
                                .destinationBucket(bucket)
                                .destinationKey(prefix + key)
                                .metadataDirective(MetadataDirective.REPLACE)
                                .contentType(content.headers().contentType())
                                .cacheControl(content.headers().cacheControl())
                                .contentEncoding(
                                        content.headers().contentEncoding().orElse(null)))
                        .copyObjectResult()
                        .eTag()));
    }

    void delete(List<String> keys) {
        for (int from = 0; from < keys.size(); from += MOST_DELETED) {
            List<ObjectIdentifier> some = keys.subList(from, Math.min(keys.size(), from + MOST_DELETED)).stream()
                    .map(key -> ObjectIdentifier.builder().key(prefix + key).build())
                    .toList();
            DeleteObjectsResponse answer = call(
                    "delete files in " + place(),
                    () -> s3.deleteObjects(delete -> delete.bucket(bucket)
                            .delete(all -> all.objects(some).quiet(true))));
            if (answer.hasErrors() && !answer.errors().isEmpty()) {
                throw refusals.undeleted(answer.errors());
            }
        }
    }

    /** @param names of copies, and ids of sets, that are no longer needed */
    void forget(List<String> names, List<String> ids) {
        delete(Stream.concat(
                        names.stream().map(name -> COPIES + name), ids.stream().map(id -> SETS + id + ".json"))
                .toList());
    }

    private Optional<Own> read(String key) {
        return call("read '" + key + "' of " + place(), () -> {
            try {
                ResponseBytes<GetObjectResponse> answer =
                        s3.getObjectAsBytes(get -> get.bucket(bucket).key(prefix + key));
                return Optional.of(new Own(
                        answer.asByteArrayUnsafe(), quoted(answer.response().eTag()), age(answer.response())));
            } catch (NoSuchKeyException none) {
                return Optional.empty();
            }
        });
    }

    private static long age(GetObjectResponse answer) {
        Instant written = answer.lastModified();
        return answer.sdkHttpResponse()
                .firstMatchingHeader("Date")
                .flatMap(SiteBucket::time)
                .filter(now -> written != null)
                .map(now -> Math.max(0, now.getEpochSecond() - written.getEpochSecond()))
                .orElse(0L);
    }

    private static Optional<Instant> time(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException other) {
            return Optional.empty();
        }
    }

    private Optional<String> writeIfUnchanged(String key, byte[] bytes, Optional<String> before) {
        return call("write '" + key + "' of " + place(), () -> {
            try {
                return Optional.of(
                        write(key, bytes, put -> before.ifPresentOrElse(put::ifMatch, () -> put.ifNoneMatch("*"))));
            } catch (AwsServiceException refused) {
                if (refused.statusCode() == PRECONDITION_FAILED
                        || refused.statusCode() == CONFLICT
                        || refused instanceof NoSuchKeyException) {
                    // An answer that got lost is asked for again, and finds what the first call has written.
                    return read(key)
                            .filter(now -> Arrays.equals(now.bytes(), bytes))
                            .map(Own::etag);
                }
                if (refused.statusCode() == NOT_IMPLEMENTED) {
                    // A store beside S3 that knows no conditional writes.
                    return Optional.of(write(key, bytes, put -> {}));
                }
                throw refused;
            }
        });
    }

    /**
     * Writes an object of this plugin's own.
     *
     * @return its etag
     */
    private String write(String key, byte[] bytes, Consumer<PutObjectRequest.Builder> condition) {
        PutObjectRequest.Builder put = PutObjectRequest.builder()
                .bucket(bucket)
                .key(prefix + key)
                .contentType("application/json")
                .cacheControl("no-store");
        condition.accept(put);
        return quoted(s3.putObject(put.build(), RequestBody.fromBytes(bytes)).eTag());
    }

    /**
     * An ETag as RFC 9110 (8.8.3) writes it. Stores beside S3 leave the quotes out in listings only: an object would then look as if
     * somebody else had changed it since it was put.
     */
    private static String quoted(String etag) {
        return etag.endsWith("\"") ? etag : "\"" + etag + "\"";
    }

    private <T> T call(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException refused) {
            throw refusals.translate(what, refused);
        }
    }
}
