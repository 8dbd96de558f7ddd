/**
 * Static files to a bucket of S3, so that no visitor gets a page whose assets are missing; the CloudFront distribution before
 * it; and the way back to an earlier set of files.
 *
 * <p>May use: the AWS SDK; of other rooms only {@code aws.AwsProblems}.
 */
@NullMarked
package io.github.ecsmaven.upload;

import org.jspecify.annotations.NullMarked;
