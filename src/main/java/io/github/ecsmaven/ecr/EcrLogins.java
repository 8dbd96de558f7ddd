package io.github.ecsmaven.ecr;

import com.google.cloud.tools.jib.api.Credential;
import io.github.ecsmaven.aws.AwsProblems;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecr.EcrClient;

/** Logins to private registries of ECR by their host's name, whose account and region need not be those of the target. */
public final class EcrLogins {
    private static final Pattern HOST = Pattern.compile("(\\d{12})\\.dkr[.-]ecr(?:-fips)?\\.([a-z0-9-]+)"
            + "\\.(?:amazonaws\\.com(?:\\.cn)?|on\\.aws|on\\.amazonwebservices\\.com\\.cn)");

    private EcrLogins() {}

    /** The region of a host {@code <account>.dkr.ecr.<region>.amazonaws.com}; empty for all others. */
    public static Optional<String> region(String host) {
        return Optional.of(HOST.matcher(host)).filter(Matcher::matches).map(matcher -> matcher.group(2));
    }

    /** ARN of a repository on a host of ECR; empty for all other hosts. */
    static Optional<String> arn(String host, String repository) {
        String partition = host.endsWith(".cn") ? "aws-cn" : "aws";
        return Optional.of(HOST.matcher(host))
                .filter(Matcher::matches)
                .map(matcher -> "arn:" + partition + ":ecr:" + matcher.group(2) + ":" + matcher.group(1)
                        + ":repository/" + repository);
    }

    /** True for two hosts of ECR that are not of one account and region; other names say nothing. */
    static boolean isElsewhere(String own, String other) {
        Matcher here = HOST.matcher(own);
        Matcher there = HOST.matcher(other);
        return here.matches()
                && there.matches()
                && !(here.group(1).equals(there.group(1)) && here.group(2).equals(there.group(2)));
    }

    /**
     * A new login, good for twelve hours, to every registry of the client's region that the caller may use. ECR's token is
     * {@code AWS:<password>} in base64.
     *
     * @throws io.github.ecsmaven.Problem when AWS gives none
     */
    public static Credential of(EcrClient ecr) {
        try {
            String token =
                    ecr.getAuthorizationToken().authorizationData().get(0).authorizationToken();
            String plain = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
            int colon = plain.indexOf(':');
            return Credential.from(plain.substring(0, colon), plain.substring(colon + 1));
        } catch (SdkException error) {
            throw AwsProblems.translate("log in to ECR", error);
        }
    }
}
