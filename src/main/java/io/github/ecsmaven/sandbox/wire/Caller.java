package io.github.ecsmaven.sandbox.wire;

/**
 * Who calls, and where: from the request's signature scope.
 *
 * @param account twelve digits
 * @param region for example {@code eu-west-1}
 */
public record Caller(String account, String region) {
    /** {@code arn:aws:<service>:<region>:<account>:<resource>} */
    public String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + account + ":" + resource;
    }
}
