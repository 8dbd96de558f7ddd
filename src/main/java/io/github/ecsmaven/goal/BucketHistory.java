package io.github.ecsmaven.goal;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.aws.AwsProblems;
import io.github.ecsmaven.report.HistoryStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The records of a project in a bucket, one object each. */
final class BucketHistory implements HistoryStore {
    /** The end of a build waits for it. */
    private static final AwsRequestOverrideConfiguration BOUNDED = AwsRequestOverrideConfiguration.builder()
            .apiCallTimeout(Duration.ofSeconds(20))
            .build();

    private static final int MOST_DELETED = 1_000;

    private final Supplier<S3Client> s3;
    private final String bucket;
    private final String prefix;

    /**
     * @param s3 asked with the first call, since it may find no region or credentials
     * @param prefix ends with a slash
     */
    BucketHistory(Supplier<S3Client> s3, String bucket, String prefix) {
        this.s3 = s3;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    @Override
    public String place() {
        return "s3://" + bucket + "/" + prefix;
    }

    @Override
    public void put(String name, byte[] content) {
        call("write", () -> s3.get()
                .putObject(
                        put -> put.bucket(bucket)
                                .key(prefix + name)
                                .contentType(name.endsWith(".json") ? "application/json" : "application/gzip")
                                .overrideConfiguration(BOUNDED),
                        RequestBody.fromBytes(content)));
    }

    @Override
    public List<String> names() {
        return call("list", () -> s3
                .get()
                .listObjectsV2Paginator(
                        list -> list.bucket(bucket).prefix(prefix).overrideConfiguration(BOUNDED))
                .contents()
                .stream()
                .map(S3Object::key)
                .map(key -> key.substring(prefix.length()))
                .toList());
    }

    @Override
    public Optional<byte[]> get(String name) {
        return call("read", () -> {
            try {
                return Optional.of(s3.get()
                        .getObjectAsBytes(
                                get -> get.bucket(bucket).key(prefix + name).overrideConfiguration(BOUNDED))
                        .asByteArrayUnsafe());
            } catch (NoSuchKeyException gone) {
                return Optional.empty();
            }
        });
    }

    @Override
    public void delete(List<String> names) {
        for (int from = 0; from < names.size(); from += MOST_DELETED) {
            List<ObjectIdentifier> some = names.subList(from, Math.min(names.size(), from + MOST_DELETED)).stream()
                    .map(name -> ObjectIdentifier.builder().key(prefix + name).build())
                    .toList();
            call("delete", () -> s3.get().deleteObjects(delete -> delete.bucket(bucket)
                    .delete(all -> all.objects(some).quiet(true))
                    .overrideConfiguration(BOUNDED)));
        }
    }

    @Override
    public int atOnce() {
        return 16;
    }

    private <T> T call(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (NoSuchBucketException missing) {
            throw new Problem(
                    Problem.Blame.PROJECT,
                    "The bucket '" + bucket + "' of the history of builds does not exist.",
                    List.of(AwsProblems.message(missing)),
                    "create it (aws s3 mb s3://" + bucket + "), or correct ecs.history.",
                    missing);
        } catch (SdkException refused) {
            throw AwsProblems.translate(what + " the history of builds in " + place(), refused);
        }
    }
}
