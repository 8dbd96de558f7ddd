package io.github.ecsmaven.container;

/**
 * The temporary container, ready.
 *
 * @param id Docker's
 * @param host under which the tests reach it
 * @param port under which the tests reach it
 * @param ready what proved it, for the log: {@code GET /actuator/health 200}, {@code port 8080 accepts connections}, {@code log line …}
 * @param millis from the create call until ready
 */
public record RunningContainer(String id, String host, int port, String ready, long millis) {
    /** {@code http://host:port} */
    public String url() {
        return "http://" + host + ":" + port;
    }
}
