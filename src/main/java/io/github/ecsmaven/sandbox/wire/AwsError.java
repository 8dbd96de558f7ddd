package io.github.ecsmaven.sandbox.wire;

/** A refusal in AWS's form; rendered in one place. Handlers make a new one each time. */
public final class AwsError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final int status;

    /**
     * @param code a code of the service's model, for example {@code ClusterNotFoundException}
     * @param status the HTTP status
     * @param message the service's own text
     */
    public AwsError(String code, int status, String message) {
        super(message, null, false, false);
        this.code = code;
        this.status = status;
    }

    /** For an action that the sandbox doesn't cover; the text says so. */
    public static AwsError unknownAction(String service, String action) {
        return new AwsError(
                "UnknownOperationException",
                400,
                "The ecs-maven-plugin sandbox does not cover " + service + "." + action + ".");
    }

    public String code() {
        return code;
    }

    public int status() {
        return status;
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
