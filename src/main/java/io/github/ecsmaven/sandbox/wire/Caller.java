package io.github.ecsmaven.sandbox.wire;

/**
 * Who calls, and where: from the request's signature scope.
 *
 * @param account twelve digits
 * @param region for example {@code eu-west-1}
 * @param identity ARN of the user or of the assumed role's session
 */
public record Caller(String account, String region, String identity) {
    /** The account's user of the sandbox. */
    public Caller(String account, String region) {
        this(account, region, "arn:aws:iam::" + account + ":user/sandbox");
    }

    /** {@code arn:aws:<service>:<region>:<account>:<resource>} */
    public String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + account + ":" + resource;
    }
}
