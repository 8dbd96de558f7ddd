package io.github.ecsmaven.upload;

import io.github.ecsmaven.PolicyStatement;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.aws.AwsProblems;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Error;

/** What it means that a front end's bucket refuses a call, and what to do next. */
final class BucketRefusals {
    private static final Set<String> OTHER_REGION = Set.of(
            "PermanentRedirect",
            "TemporaryRedirect",
            "AuthorizationHeaderMalformed",
            "IllegalLocationConstraintException");
    private static final Pattern EXPECTED = Pattern.compile("expecting '?([a-z0-9-]+)'?");

    private final String bucket;
    private final String prefix;

    /** @param prefix empty, or ends with a slash */
    BucketRefusals(String bucket, String prefix) {
        this.bucket = bucket;
        this.prefix = prefix;
    }

    /** @param errors of files that are still there */
    Problem undeleted(List<S3Error> errors) {
        S3Error first = errors.get(0);
        boolean denied = "AccessDenied".equals(first.code());
        String what = "Could not delete " + errors.size() + " files in " + "s3://" + bucket + "/" + prefix + ", '"
                + first.key().substring(prefix.length()) + "' among them; everything new is there.";
        return denied
                ? Problem.ofProject(what, List.of(first.code() + ": " + first.message(), statement()), allow())
                : Problem.ofProject(what, List.of(first.code() + ": " + first.message()), "deploy again.");
    }

    /** @param what could not be done, as in {@code list s3://shop-web/} */
    Problem translate(String what, SdkException refused) {
        if (refused instanceof NoSuchBucketException
                || AwsProblems.code(refused).equals("NoSuchBucket")) {
            return new Problem(
                    Problem.Blame.PROJECT,
                    "The bucket '" + bucket + "' does not exist (ecs.upload.bucket).",
                    List.of(),
                    "create it (aws s3 mb s3://" + bucket + "), or correct ecs.upload.bucket; check ecs.profile and"
                            + " ecs.roleArn when it is another account's.",
                    refused);
        }
        if (OTHER_REGION.contains(AwsProblems.code(refused))
                || refused instanceof AwsServiceException moved && moved.statusCode() == 301) {
            return otherRegion(refused);
        }
        if (AwsProblems.isAccessDenied(refused)
                || refused instanceof AwsServiceException denied
                        && denied.statusCode() == 403
                        && AwsProblems.code(refused).isEmpty()) {
            return new Problem(
                    Problem.Blame.PROJECT,
                    "Could not " + what + ": AWS did not allow it.",
                    List.of(AwsProblems.message(refused), statement()),
                    allow(),
                    refused);
        }
        return AwsProblems.translate(what, refused);
    }

    private Problem otherRegion(SdkException refused) {
        Matcher expected = EXPECTED.matcher(AwsProblems.message(refused));
        Optional<String> region = refused instanceof AwsServiceException moved && moved.awsErrorDetails() != null
                ? Optional.ofNullable(moved.awsErrorDetails().sdkHttpResponse())
                        .flatMap(http -> http.firstMatchingHeader("x-amz-bucket-region"))
                : Optional.empty();
        Optional<String> named = region.or(() -> expected.find() ? Optional.of(expected.group(1)) : Optional.empty());
        return new Problem(
                Problem.Blame.PROJECT,
                "The bucket '" + bucket + "' is in "
                        + named.map(name -> "the region " + name).orElse("another region")
                        + ", and is asked for in another.",
                List.of(AwsProblems.message(refused)),
                named.map(name -> "set ecs.region=" + name + ".")
                        .orElse("set ecs.region to the bucket's (aws s3api get-bucket-location --bucket " + bucket
                                + ")."),
                refused);
    }

    private String statement() {
        return "Statements: " + PolicyStatement.allow(List.of("s3:ListBucket"), "arn:aws:s3:::" + bucket) + ", "
                + PolicyStatement.allow(
                        List.of("s3:GetObject", "s3:PutObject", "s3:DeleteObject"),
                        "arn:aws:s3:::" + bucket + "/" + prefix + "*");
    }

    private static String allow() {
        return "add these statements to the IAM policy of the build's role; see also the bucket's own policy.";
    }
}
