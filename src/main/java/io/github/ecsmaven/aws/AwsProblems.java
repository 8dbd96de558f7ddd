package io.github.ecsmaven.aws;

import io.github.ecsmaven.KnownRefusal;
import io.github.ecsmaven.NearestNames;
import io.github.ecsmaven.PolicyStatement;
import io.github.ecsmaven.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;

/** Turns an exception of the AWS SDK into what a user can act on, in one place for all rooms that call AWS. */
public final class AwsProblems {
    private static final Set<String> THROTTLED =
            Set.of("ThrottlingException", "Throttling", "TooManyRequestsException", "RequestLimitExceeded");
    /** AWS's services use it for quotas; only waiting does not help. */
    private static final String QUOTA = "LimitExceededException";

    private static final Set<String> EXPIRED = Set.of("ExpiredTokenException", "ExpiredToken", "RequestExpired");
    private static final Set<String> UNKNOWN_KEY = Set.of("UnrecognizedClientException", "InvalidClientTokenId");
    private static final Set<String> BAD_SIGNATURE = Set.of("InvalidSignatureException", "SignatureDoesNotMatch");
    private static final Set<String> DENIED =
            Set.of("AccessDeniedException", "AccessDenied", "UnauthorizedOperation", "AuthorizationError");
    private static final Pattern ACTION = Pattern.compile("not authorized to perform: ([a-z0-9-]+:[A-Za-z]+)");
    private static final Pattern ON = Pattern.compile("on resource: (\\S+)");
    private static final Pattern REGIONAL =
            Pattern.compile("(?:[a-z0-9.-]+\\.)?([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?");
    private static final Pattern HOST = Pattern.compile("https?://[^\\s/()]+");

    private AwsProblems() {}

    /**
     * @param doing what was tried, as in "describe service 'orders' in cluster 'uat'"
     * @param exception as the SDK threw it
     */
    public static Problem translate(String doing, SdkException exception) {
        return exception instanceof AwsServiceException refused
                ? refused(doing, refused, code(refused), message(refused))
                : unreached(doing, exception);
    }

    /** Whether AWS asked to call less often. */
    public static boolean isThrottling(SdkException exception) {
        return exception instanceof AwsServiceException refused
                && (refused.isThrottlingException() || THROTTLED.contains(code(refused)));
    }

    /** Whether AWS answered, and asked to call less often or had a fault of its own: to wait helps. */
    public static boolean isBusy(SdkException exception) {
        return exception instanceof AwsServiceException refused
                && (isThrottling(exception) || refused.statusCode() >= 500);
    }

    /** Whether the caller lacks a permission. */
    public static boolean isAccessDenied(SdkException exception) {
        return exception instanceof AwsServiceException refused && DENIED.contains(code(refused));
    }

    /** Whether the same call may well succeed a little later: throttling, a fault on AWS's side or of the network. */
    public static boolean isPassing(SdkException exception) {
        return exception instanceof AwsServiceException
                ? isBusy(exception)
                : brokenOff(exception) || exception.retryable();
    }

    /** A connection that was refused, reset or cut, or a name that did not resolve. */
    private static boolean brokenOff(Throwable e) {
        for (Throwable at = e; at != null; at = at.getCause()) {
            if (at instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    /** The error code of the service, such as {@code ClusterNotFoundException}; empty when no service answered. */
    public static String code(SdkException exception) {
        if (exception instanceof AwsServiceException refused && refused.awsErrorDetails() != null) {
            String code = refused.awsErrorDetails().errorCode();
            return code == null ? "" : code;
        }
        return "";
    }

    /** What the service said, without the SDK's trailer of request ids and attempts. */
    public static String message(SdkException exception) {
        if (exception instanceof AwsServiceException refused && refused.awsErrorDetails() != null) {
            String message = refused.awsErrorDetails().errorMessage();
            return message == null ? "" : message;
        }
        return String.valueOf(exception.getMessage());
    }

    /** {@code ThrottlingException: Rate exceeded}; the SDK's own words when no service answered. */
    public static String answer(SdkException e) {
        String code = code(e);
        return code.isEmpty() ? message(e) : code + ": " + message(e);
    }

    private static Problem refused(String doing, AwsServiceException e, String code, String message) {
        Optional<KnownRefusal> known = KnownRefusal.of(code + ": " + message);
        if (known.isPresent()) {
            return project(doing, known.get().saying(), e, known.get().next());
        }
        if (DENIED.contains(code)) {
            return denied(doing, e, message);
        }
        if (EXPIRED.contains(code)) {
            return project(
                    doing,
                    "the AWS session has expired",
                    e,
                    "get new credentials right before the deploy, or let the role's session last longer.");
        }
        if (UNKNOWN_KEY.contains(code)) {
            return project(
                    doing,
                    "AWS does not know these credentials",
                    e,
                    "check the key (aws sts get-caller-identity), AWS_SESSION_TOKEN with temporary keys, and that the region belongs to the account.");
        }
        if (BAD_SIGNATURE.contains(code)) {
            return message.contains("expired") || message.contains("not yet current")
                    ? project(doing, "the clock of this machine is wrong", e, "set the clock (NTP).")
                    : project(
                            doing,
                            "AWS does not accept the signature",
                            e,
                            "check that AWS_SECRET_ACCESS_KEY is whole and not quoted.");
        }
        if (isThrottling(e)) {
            return project(
                    doing,
                    "AWS asks to call less often",
                    e,
                    "run it again in a minute; other builds use the same account.");
        }
        if (QUOTA.equals(code)) {
            return project(
                    doing,
                    "a quota of the AWS account is used up",
                    e,
                    "remove what is no longer needed, or ask for a higher quota (Service Quotas in the AWS console).");
        }
        return e.statusCode() >= 500
                ? project(
                        doing,
                        "AWS has a fault (HTTP " + e.statusCode() + ")",
                        e,
                        "run it again; see the AWS Health Dashboard when it stays.")
                : project(doing, "AWS refused it", e, "correct what AWS objects to; -X shows the requests.");
    }

    private static Problem denied(String doing, AwsServiceException e, String message) {
        Matcher action = ACTION.matcher(message);
        if (!action.find()) {
            return project(doing, "AWS did not allow it", e, "give the build's role the permission for it.");
        }
        String name = action.group(1);
        if (message.contains("explicit deny")) {
            return project(
                    doing,
                    "a policy forbids " + name,
                    e,
                    "ask the account's administrators: an explicit deny outweighs every allow.");
        }
        Matcher on = ON.matcher(message);
        boolean named = on.find() && !"*".equals(on.group(1));
        String where = named ? " on " + on.group(1) : "";
        return new Problem(
                Problem.Blame.PROJECT,
                "Could not " + doing + ": the permission " + name + " is missing.",
                List.of(answer(e), "Statement: " + PolicyStatement.allow(List.of(name), named ? on.group(1) : "*")),
                "add " + name + where + " to the IAM policy of the build's role" + condition(name) + ".",
                e);
    }

    private static String condition(String action) {
        return switch (action) {
            case "iam:PassRole" ->
                ", for the task role and the execution role, with the condition iam:PassedToService = ecs-tasks.amazonaws.com";
            case "sts:AssumeRole", "sts:AssumeRoleWithWebIdentity" ->
                ", and check the trust policy of the role to assume";
            default -> "";
        };
    }

    private static Problem unreached(String doing, SdkException e) {
        Throwable fault = network(e);
        String host = fault == null ? "" : host(e);
        if (fault instanceof UnknownHostException) {
            String name = String.valueOf(fault.getMessage());
            return machine(
                    doing,
                    "the host '" + name + "' is not known" + near(name),
                    e,
                    "check ecs.region and ecs.endpoint, and the network (DNS, proxy).");
        }
        if (fault instanceof ConnectException || fault instanceof SocketTimeoutException) {
            return machine(
                    doing,
                    "no answer" + host,
                    e,
                    "check ecs.endpoint (or AWS_ENDPOINT_URL) and the network (proxy, firewall).");
        }
        if (fault instanceof SSLException) {
            return machine(
                    doing,
                    "the connection is not trusted" + host,
                    e,
                    "import the certificate of the company's proxy into the JDK's trust store.");
        }
        if (brokenOff(e)) {
            return machine(
                    doing,
                    "the connection was cut" + host(e).replaceFirst(" from ", " by "),
                    e,
                    "check the network (proxy, firewall), and run it again.");
        }
        return machine(doing, "AWS could not be called", e, "check the network and ecs.endpoint; -e shows all causes.");
    }

    /** {@code ecs.eu-wst-1.amazonaws.com}: a region that the SDK does not know may be a new one, or a slip. */
    private static String near(String host) {
        Matcher regional = REGIONAL.matcher(host);
        List<String> known = Region.regions().stream().map(Region::id).toList();
        return regional.matches() && !known.contains(regional.group(1))
                ? NearestNames.of(regional.group(1), known).stream()
                        .findFirst()
                        .map(name -> " (is the region " + name + " meant?)")
                        .orElse("")
                : "";
    }

    private static @Nullable Throwable network(Throwable e) {
        for (Throwable at = e; at != null; at = at.getCause()) {
            if (at instanceof UnknownHostException
                    || at instanceof ConnectException
                    || at instanceof SocketTimeoutException
                    || at instanceof SSLException) {
                return at;
            }
        }
        return null;
    }

    private static String host(Throwable e) {
        Matcher host = HOST.matcher(String.valueOf(e.getMessage()));
        return host.find() ? " from " + host.group() : "";
    }

    private static Problem project(String doing, String why, SdkException e, String next) {
        return new Problem(Problem.Blame.PROJECT, "Could not " + doing + ": " + why + ".", List.of(answer(e)), next, e);
    }

    private static Problem machine(String doing, String why, SdkException e, String next) {
        return Problem.ofMachine("Could not " + doing + ": " + why + ".", List.of(answer(e)), next, e);
    }
}
