package io.github.ecsmaven.goal;

import io.github.ecsmaven.aws.AwsProblems;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/** A front end's bucket in the sandbox, which is there on first use. */
final class SandboxBucket {
    private static final String SITE = "x-ecs-sandbox-site";

    private SandboxBucket() {}

    /** @return where the sandbox serves its files, with a slash at the end */
    static String ensure(S3Client s3, String bucket) {
        try {
            HeadBucketResponse there;
            try {
                there = s3.headBucket(head -> head.bucket(bucket));
            } catch (NoSuchBucketException missing) {
                s3.createBucket(create -> create.bucket(bucket));
                there = s3.headBucket(head -> head.bucket(bucket));
            }
            return there.sdkHttpResponse().firstMatchingHeader(SITE).orElse("");
        } catch (SdkException refused) {
            throw AwsProblems.translate("make the bucket '" + bucket + "' in the sandbox", refused);
        }
    }
}
