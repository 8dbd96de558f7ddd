package io.github.ecsmaven.upload;

import io.github.ecsmaven.DurationText;
import io.github.ecsmaven.PolicyStatement;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.Sleeper;
import io.github.ecsmaven.aws.AwsProblems;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.NoSuchDistributionException;
import software.amazon.awssdk.services.cloudfront.model.NoSuchInvalidationException;
import software.amazon.awssdk.services.cloudfront.model.TooManyInvalidationsInProgressException;

/** The CloudFront distribution before the bucket. */
final class Distribution {
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final String COMPLETED = "Completed";

    private final CloudFrontClient cloudFront;
    private final UploadRequest.CloudFront wanted;
    private final Clock clock;
    private final Sleeper sleeper;

    Distribution(CloudFrontClient cloudFront, UploadRequest.CloudFront wanted, Clock clock, Sleeper sleeper) {
        this.cloudFront = cloudFront;
        this.wanted = wanted;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** Before anything is changed: asks for an invalidation that there can't be, with a permission that is needed later. */
    void check() {
        try {
            cloudFront.getInvalidation(get -> get.distributionId(wanted.id()).id("INONE"));
        } catch (NoSuchInvalidationException asExpected) {
            // The distribution is there, and this build may ask it.
            return;
        } catch (SdkException refused) {
            throw translate("ask the CloudFront distribution '" + wanted.id() + "'", refused);
        }
    }

    /**
     * @param reference the same for the same wish: asked twice, it is carried out once
     * @throws Problem when it has not ended in time
     */
    void invalidate(List<String> paths, String reference, UploadLog log) throws InterruptedException {
        Instant end = clock.instant().plus(wanted.timeout());
        String id = create(paths, reference, end);
        if (!wanted.await()) {
            log.invalidating(wanted.id(), id, paths);
            return;
        }
        Instant since = clock.instant();
        while (!COMPLETED.equals(status(id))) {
            if (!clock.instant().isBefore(end)) {
                throw Problem.ofProject(
                        "The invalidation " + id + " of the CloudFront distribution '" + wanted.id()
                                + "' has not ended after " + DurationText.show(wanted.timeout())
                                + "; all files are in the bucket.",
                        "look at it in the console, or give it longer with ecs.upload.timeout.");
            }
            log.progress("waiting for CloudFront", 0, 0);
            sleeper.sleep(PAUSE);
        }
        log.invalidated(wanted.id(), paths, Duration.between(since, clock.instant()));
    }

    private String create(List<String> paths, String reference, Instant end) throws InterruptedException {
        while (true) {
            try {
                return cloudFront
                        .createInvalidation(create -> create.distributionId(wanted.id())
                                .invalidationBatch(batch -> batch.callerReference(reference)
                                        .paths(all -> all.items(paths).quantity(paths.size()))))
                        .invalidation()
                        .id();
            } catch (TooManyInvalidationsInProgressException busy) {
                if (!clock.instant().isBefore(end)) {
                    throw translate("invalidate " + paths.size() + " paths of '" + wanted.id() + "'", busy);
                }
                sleeper.sleep(PAUSE);
            } catch (SdkException refused) {
                throw translate(
                        "invalidate what has changed in the CloudFront distribution '" + wanted.id() + "'", refused);
            }
        }
    }

    private String status(String id) {
        Supplier<String> ask = () -> cloudFront
                .getInvalidation(get -> get.distributionId(wanted.id()).id(id))
                .invalidation()
                .status();
        try {
            return ask.get();
        } catch (SdkException refused) {
            throw translate("ask for the invalidation " + id + " of '" + wanted.id() + "'", refused);
        }
    }

    private Problem translate(String what, SdkException refused) {
        if (refused instanceof NoSuchDistributionException) {
            return new Problem(
                    Problem.Blame.PROJECT,
                    "There is no CloudFront distribution '" + wanted.id() + "' in this account"
                            + " (ecs.upload.distribution).",
                    List.of(),
                    "correct ecs.upload.distribution: the id, as aws cloudfront list-distributions shows it.",
                    refused);
        }
        if (AwsProblems.isAccessDenied(refused)) {
            return new Problem(
                    Problem.Blame.PROJECT,
                    "Could not " + what + ": AWS did not allow it.",
                    List.of(
                            AwsProblems.message(refused),
                            "Statement: "
                                    + PolicyStatement.allow(
                                            List.of("cloudfront:CreateInvalidation", "cloudfront:GetInvalidation"),
                                            "arn:aws:cloudfront::*:distribution/" + wanted.id())),
                    "add this statement to the IAM policy of the build's role.",
                    refused);
        }
        return AwsProblems.translate(what, refused);
    }
}
