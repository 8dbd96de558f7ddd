package io.github.ecsmaven;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client of the service that calls it all the time, whatever the deploys come to. One call is made in any case. */
public final class Customer implements AutoCloseable {
    /** What went wrong for it. */
    public final List<String> failures = new CopyOnWriteArrayList<>();

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpRequest request;
    private final Thread calls = new Thread(this::call, "customer");
    private volatile boolean gone;

    public Customer(URI service) {
        request =
                HttpRequest.newBuilder(service).timeout(Duration.ofSeconds(20)).build();
        calls.setDaemon(true);
        calls.start();
    }

    private void call() {
        do {
            try {
                int status = http.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                if (status != 200) {
                    failures.add("status " + status);
                }
                Thread.sleep(5);
            } catch (IOException failed) {
                failures.add(failed.toString());
            } catch (InterruptedException stopped) {
                return;
            }
        } while (!gone);
    }

    @Override
    public void close() {
        gone = true;
        try {
            calls.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
