package io.github.ecsmaven.sandbox.ecs;

/**
 * A target group of an Application Load Balancer, as far as its health check.
 *
 * @param path of the health check
 * @param codes that it takes: {@code 200}, {@code 200,204} or {@code 200-299}
 * @param interval between two checks, in seconds
 * @param timeout of a check, in seconds
 * @param healthy good checks in a row that a bad target needs
 * @param unhealthy bad checks in a row that make a target unhealthy
 */
record TargetGroup(
        String arn,
        String name,
        String protocol,
        int port,
        String vpc,
        String type,
        String path,
        String codes,
        int interval,
        int timeout,
        int healthy,
        int unhealthy) {
    /**
     * A group that a service names and nobody made here. Its path is not known, so every answer short of an error of
     * the server will do.
     */
    static TargetGroup unknown(String arn) {
        String[] parts = arn.split("/");
        String name = parts.length > 1 ? parts[1] : arn;
        return new TargetGroup(arn, name, "HTTP", 80, "vpc-sandbox", "ip", "/", "200-499", 30, 5, 5, 2);
    }

    /** Is this a code that the health check takes? */
    boolean takes(int status) {
        for (String one : codes.split(",")) {
            String[] ends = one.strip().split("-", 2);
            if (status >= Integer.parseInt(ends[0]) && status <= Integer.parseInt(ends[ends.length - 1])) {
                return true;
            }
        }
        return false;
    }

    /** Milliseconds after which a target that was never healthy is unhealthy. */
    long patience() {
        return 1_000L * interval * unhealthy;
    }
}
