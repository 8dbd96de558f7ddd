package io.github.ecsmaven.aws;

import io.github.ecsmaven.KnownRefusal;
import io.github.ecsmaven.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** Says in one line why no credentials were found, and what helps where this build runs. */
final class NoCredentials {
    private static final Pattern TOKEN_REFUSED = Pattern.compile(
            "WebIdentityTokenCredentialsProvider\\([^)]*\\): ((?:(?!CredentialsProvider\\().)*?) \\(Service: Sts");

    private NoCredentials() {}

    static Problem explain(Optional<String> profile, Map<String, String> environment, SdkException cause) {
        String text = String.valueOf(cause.getMessage());
        Optional<String> named = profile.or(() -> Optional.ofNullable(environment.get("AWS_PROFILE")));
        Remedy remedy = named.isPresent() && text.contains("Profile file contained no credentials")
                ? ofProfile(named.get())
                : byText(profile, text);
        if (remedy == null) {
            remedy = byCi(environment);
        }
        return new Problem(
                Problem.Blame.PROJECT, "No AWS credentials were found.", remedy.evidence(), remedy.next(), cause);
    }

    /** The one of the chain's reasons that matters where the CI has given a token: what STS said of it. */
    private static Remedy ofToken(String answer) {
        Optional<KnownRefusal> known = KnownRefusal.of(answer);
        return new Remedy(
                List.of(
                        "STS refused the token of AWS_WEB_IDENTITY_TOKEN_FILE"
                                + known.map(refusal -> ": " + refusal.saying()).orElse("") + ".",
                        answer),
                known.map(KnownRefusal::next)
                        .orElse(
                                "check AWS_ROLE_ARN and the trust policy of that role, and write the token right before the"
                                        + " build."));
    }

    private record Remedy(List<String> evidence, String next) {
        static Remedy of(String evidence, String next) {
            return new Remedy(List.of(evidence), next);
        }
    }

    /** The default chain always says so of the profile 'default'; it matters only when a profile was asked for. */
    private static Remedy ofProfile(String profile) {
        return Remedy.of(
                "The profile '" + profile + "' (ecs.profile, AWS_PROFILE) has none in ~/.aws.",
                "correct ecs.profile or AWS_PROFILE, or run: aws configure --profile " + profile);
    }

    private static @Nullable Remedy byText(Optional<String> profile, String text) {
        Matcher refused = TOKEN_REFUSED.matcher(text);
        if (refused.find()) {
            return ofToken(refused.group(1).strip());
        }
        if (text.contains("Unable to load SSO token")
                || text.contains("SSO session")
                || text.contains("Token is expired")) {
            return Remedy.of(
                    "The sign-on session has ended.",
                    "run: aws sso login" + profile.map(p -> " --profile " + p).orElse(""));
        }
        if (text.contains("Secret key must be specified")) {
            return Remedy.of(
                    "AWS_ACCESS_KEY_ID is set and AWS_SECRET_ACCESS_KEY is empty.",
                    "make the secret available to this branch or fork in the CI's settings.");
        }
        if (text.contains("NoSuchFileException") && text.contains("WebIdentity")) {
            return Remedy.of(
                    "The file of AWS_WEB_IDENTITY_TOKEN_FILE does not exist.",
                    "write the token before the build, or mount it into the build's container.");
        }
        return null;
    }

    private static Remedy byCi(Map<String, String> environment) {
        if ("true".equals(environment.get("GITHUB_ACTIONS"))) {
            return Remedy.of(
                    "GitHub Actions sets none by itself.",
                    "add the step aws-actions/configure-aws-credentials before Maven, with 'permissions: id-token: write'.");
        }
        if ("true".equals(environment.get("GITLAB_CI"))) {
            return Remedy.of(
                    "GitLab sets none by itself.",
                    "write the job's id token to a file and set AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN, or set key variables for this branch.");
        }
        if (environment.containsKey("JENKINS_URL")) {
            return Remedy.of(
                    "Neither the Jenkins step nor the agent gives any.",
                    "wrap the step in withAWS(…) or withCredentials(…), or give the agent an instance profile or task role.");
        }
        if (environment.containsKey("CODEBUILD_BUILD_ID")) {
            return Remedy.of(
                    "CodeBuild gives them through AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, which did not answer here.",
                    "pass that variable on when Maven runs in a container of its own.");
        }
        if (environment.containsKey("BITBUCKET_BUILD_NUMBER")) {
            return Remedy.of(
                    "Bitbucket sets none by itself.",
                    "set 'oidc: true' on the step, write BITBUCKET_STEP_OIDC_TOKEN to a file and set AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN.");
        }
        return Remedy.of(
                "Looked at: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, web identity, ~/.aws, container, EC2 instance.",
                "run 'aws configure' or 'aws sso login' and set ecs.profile, or export the key variables; no AWS account at hand: -Decs.sandbox");
    }
}
