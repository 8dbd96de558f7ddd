package io.github.ecsmaven.ecr;

import com.google.cloud.tools.jib.api.Credential;
import io.github.ecsmaven.aws.AwsProblems;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecrpublic.EcrPublicClient;

/** Logins to registries of ECR by their host's name, whose account and region need not be those of the target. */
public final class EcrLogins {
    private static final Pattern HOST = Pattern.compile("(\\d{12})\\.dkr[.-]ecr(?:-fips)?\\.([a-z0-9-]+)"
            + "\\.(?:amazonaws\\.com(?:\\.cn)?|on\\.aws|on\\.amazonwebservices\\.com\\.cn)");

    /** Public ECR's names, of which the second speaks IPv6 too (guide of Amazon ECR Public, "Making requests"). */
    private static final Set<String> PUBLIC = Set.of("public.ecr.aws", "ecr-public.aws.com");

    /** Where Public ECR's API is. */
    private static final String PUBLIC_REGION = "us-east-1";

    private EcrLogins() {}

    /** True for Public ECR, from which anybody may pull. */
    public static boolean isPublic(String host) {
        return PUBLIC.contains(host);
    }

    /** True for a host whose login AWS gives. */
    public static boolean isEcr(String host) {
        return loginRegion(host).isPresent();
    }

    /** The region in which AWS gives the login to a host of ECR, a public one too; empty for all others. */
    public static Optional<String> loginRegion(String host) {
        return isPublic(host) ? Optional.of(PUBLIC_REGION) : region(host);
    }

    /** The region of a host {@code <account>.dkr.ecr.<region>.amazonaws.com}; empty for all others. */
    static Optional<String> region(String host) {
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

    /** True for a private host of ECR and one of another account or region, or a public one; other names say nothing. */
    static boolean isElsewhere(String own, String other) {
        Matcher here = HOST.matcher(own);
        Matcher there = HOST.matcher(other);
        return here.matches()
                && (isPublic(other)
                        || there.matches()
                                && !(here.group(1).equals(there.group(1))
                                        && here.group(2).equals(there.group(2))));
    }

    /**
     * A new login, good for twelve hours, to every registry of the client's region that the caller may use.
     *
     * @throws io.github.ecsmaven.Problem when AWS gives none
     */
    public static Credential of(EcrClient ecr) {
        return of(ecr, ApiTries.NONE);
    }

    static Credential of(EcrClient ecr, ApiTries tries) {
        return login(
                "log in to ECR",
                () -> tries.call(() ->
                        ecr.getAuthorizationToken().authorizationData().get(0).authorizationToken()));
    }

    /**
     * The same to Public ECR. It takes {@code ecr-public:GetAuthorizationToken} and {@code sts:GetServiceBearerToken}.
     *
     * @throws io.github.ecsmaven.Problem when AWS gives none
     */
    public static Credential of(EcrPublicClient ecr) {
        return login("log in to Public ECR", () -> ecr.getAuthorizationToken(request -> {})
                .authorizationData()
                .authorizationToken());
    }

    /** ECR's token is {@code AWS:<password>} in base64. */
    private static Credential login(String doing, Supplier<String> token) {
        try {
            String plain = new String(Base64.getDecoder().decode(token.get()), StandardCharsets.UTF_8);
            int colon = plain.indexOf(':');
            return Credential.from(plain.substring(0, colon), plain.substring(colon + 1));
        } catch (SdkException error) {
            throw AwsProblems.translate(doing, error);
        }
    }
}
