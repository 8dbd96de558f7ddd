package io.github.ecsmaven.smoke;

import io.github.ecsmaven.DurationText;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks with the JDK's client, through the JVM's proxy when it has one. */
final class GetOverHttp implements Get {
    private static final int MOST_REDIRECTS = 5;
    private static final int SEE_OTHER = 303;

    private final HttpClient client;

    GetOverHttp(Duration connect) {
        client = HttpClient.newBuilder()
                .connectTimeout(connect)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(ProxySelector.getDefault())
                .build();
    }

    @Override
    public Answer run(URI url, Map<String, String> headers, boolean follows, Duration timeout)
            throws InterruptedException {
        URI next = url;
        for (int redirects = 0; ; redirects++) {
            HttpResponse<byte[]> answer;
            try {
                answer = send(next, headers, timeout);
            } catch (IOException failed) {
                return new Answer.None(why(failed));
            } catch (TimeoutException late) {
                return new Answer.None("did not answer within " + DurationText.show(timeout));
            }
            Optional<URI> location = follows ? location(next, answer) : Optional.empty();
            if (location.isEmpty()) {
                return new Answer.Answered(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
            }
            if (!SmokeUrl.isSameHost(next, location.get())) {
                return new Answer.Elsewhere(
                        answer.statusCode(), SmokeUrl.shown(location.get().toString()));
            }
            if (redirects == MOST_REDIRECTS) {
                return new Answer.None("redirects in a circle, to "
                        + SmokeUrl.shown(location.get().toString()));
            }
            next = location.get();
        }
    }

    private static Optional<URI> location(URI asked, HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        boolean redirect = status > 300 && status <= SEE_OTHER || status == 307 || status == 308;
        try {
            return answer.headers()
                    .firstValue("Location")
                    .filter(to -> redirect)
                    .map(asked::resolve);
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    private HttpResponse<byte[]> send(URI url, Map<String, String> headers, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request(url, headers), info -> new FirstBytes());
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException io ? io : new IOException(failed.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private static HttpRequest request(URI url, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(withoutLogin(url)).setHeader("User-Agent", "ecs-maven-plugin");
        SmokeUrl.authorization(url).ifPresent(login -> request.setHeader("Authorization", login));
        headers.forEach(request::setHeader);
        return request.build();
    }

    private static URI withoutLogin(URI url) {
        return url.getRawUserInfo() == null ? url : URI.create(url.toString().replace(url.getRawUserInfo() + "@", ""));
    }

    private static String why(IOException failed) {
        for (@Nullable Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof java.nio.channels.UnresolvedAddressException) {
                return "has a host that nobody knows";
            }
        }
        if (failed instanceof ConnectException) {
            return "takes no connection";
        }
        return "gives no answer (" + Excerpt.line(String.valueOf(failed.getMessage())) + ")";
    }
}
