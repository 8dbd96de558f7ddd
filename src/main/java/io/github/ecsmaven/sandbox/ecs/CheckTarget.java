package io.github.ecsmaven.sandbox.ecs;

import io.github.ecsmaven.sandbox.balancer.Target;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The balancer's health checks: one a task at a time, asked beside the loop, which must not wait for a slow task. */
final class CheckTarget {
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final Map<String, CompletableFuture<TargetHealth>> asked = new ConcurrentHashMap<>();

    /**
     * Asks the task, when it isn't being asked.
     *
     * @return the outcome of the last check, once
     */
    Optional<TargetHealth> run(String task, Target target, TargetGroup group) {
        CompletableFuture<TargetHealth> running = asked.computeIfAbsent(task, fresh -> ask(target, group));
        if (!running.isDone()) {
            return Optional.empty();
        }
        asked.remove(task);
        return Optional.of(running.join());
    }

    void forget(String task) {
        asked.remove(task);
    }

    private CompletableFuture<TargetHealth> ask(Target target, TargetGroup group) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + target.host() + ":" + target.port() + group.path()))
                .timeout(Duration.ofSeconds(group.timeout()))
                .header("User-Agent", "ELB-HealthChecker/2.0")
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .handle((answer, error) -> judge(answer, error, group));
    }

    private static TargetHealth judge(
            @Nullable HttpResponse<Void> answer, @Nullable Throwable error, TargetGroup group) {
        if (answer != null) {
            return group.takes(answer.statusCode()) ? TargetHealth.HEALTHY : TargetHealth.code(answer.statusCode());
        }
        Throwable cause = error == null || error.getCause() == null ? error : error.getCause();
        return cause instanceof HttpTimeoutException ? TargetHealth.TIMEOUT : TargetHealth.REFUSED;
    }
}
