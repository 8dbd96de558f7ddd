package io.github.ecsmaven.upload;

import io.github.ecsmaven.Sleeper;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.s3.S3Client;

/** The files of a directory to a bucket; and an earlier set of files back. */
public final class UploadSite {
    private final Supplier<S3Client> s3;
    private final Supplier<CloudFrontClient> cloudFront;
    private final UploadLog log;
    private final Clock clock;
    private final Sleeper sleeper;

    /**
     * @param s3 asked when the directory was found to be in order
     * @param cloudFront asked when there is a distribution
     */
    public UploadSite(
            Supplier<S3Client> s3, Supplier<CloudFrontClient> cloudFront, UploadLog log, Clock clock, Sleeper sleeper) {
        this.s3 = s3;
        this.cloudFront = cloudFront;
        this.log = log;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** @throws io.github.ecsmaven.Problem when there is no such directory */
    public static void requireDirectory(Path directory) {
        ReadDirectory.requireThere(directory);
    }

    /** @throws io.github.ecsmaven.Problem when the directory has nothing, or AWS refuses a call; pages are as they were then */
    public UploadedSite upload(UploadRequest request, Path directory, FileRules rules) throws InterruptedException {
        ReadDirectory read = new ReadDirectory(directory, rules);
        Set<String> keys = read.look();
        int readers = Math.min(request.atOnce(), Runtime.getRuntime().availableProcessors());
        try (InParallel parallel = new InParallel(readers, () -> {})) {
            // The checksums are made while the bucket is looked at.
            FutureTask<List<Wanted>> files = new FutureTask<>(
                    () -> read.run(keys, parallel).stream().map(Wanted::of).toList());
            Thread reader = new Thread(files, "ecs-upload-reader");
            reader.setDaemon(true);
            reader.start();
            return change(request, (bucket, state) -> new ChangeSite.Wish.Files(result(files), Optional.empty()));
        }
    }

    private static <T> T result(Future<T> task) throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    /**
     * @param to id of an earlier set, or its beginning; empty: the previous one
     * @throws io.github.ecsmaven.Problem when there is none, or not all of its files are there any more
     */
    public UploadedSite rollBack(UploadRequest request, Optional<String> to) throws InterruptedException {
        return change(request, (bucket, state) -> {
            SiteState.Earlier set = EarlierSets.find(state, to, bucket.place());
            List<Wanted> wanted = bucket
                    .set(set.id())
                    .map(SiteState::files)
                    .orElseThrow(() -> EarlierSets.lost(set, bucket.place()))
                    .entrySet()
                    .stream()
                    .map(file -> Wanted.of(file.getKey(), file.getValue()))
                    .toList();
            return new ChangeSite.Wish.Files(wanted, Optional.of(set.origin()));
        });
    }

    private interface Wish {
        ChangeSite.Wish.Files files(SiteBucket bucket, SiteState state) throws InterruptedException;
    }

    private UploadedSite change(UploadRequest request, Wish wish) throws InterruptedException {
        SiteBucket bucket = new SiteBucket(
                s3.get(), request.place().bucket(), request.place().prefix());
        Optional<Distribution> distribution =
                request.distribution().map(wanted -> new Distribution(cloudFront.get(), wanted, clock, sleeper));
        ChangeSite change = new ChangeSite(bucket, distribution, request, log, clock);
        try (InParallel parallel = new InParallel(request.atOnce(), change::tick)) {
            return change.run(state -> wish.files(bucket, state), parallel);
        }
    }
}
