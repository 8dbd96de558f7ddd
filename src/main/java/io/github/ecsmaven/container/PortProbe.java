package io.github.ecsmaven.container;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks a published port. */
final class PortProbe {
    private static final int CONNECT_MILLIS = 500;
    private static final int ANSWER_MILLIS = 5_000;
    private static final int OPEN_MILLIS = 150;
    private static final int EXCERPT = 200;

    private PortProbe() {}

    /** The first of the hosts that accepts a connection. */
    static Optional<String> reachable(List<String> hosts, int port) {
        for (String host : hosts) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
                return Optional.of(host);
            } catch (IOException e) {
                // Not this one; when it is none of them the caller says so.
            }
        }
        return Optional.empty();
    }

    /**
     * Does something listen behind the published port? Docker's own proxy accepts every connection, and closes it at once
     * when nothing listens in the container. So the port is open only when the connection stays open for 150 ms, or when
     * the other side says something (some protocols greet).
     */
    static Observation.Probe open(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            socket.setSoTimeout(OPEN_MILLIS);
            int first = socket.getInputStream().read();
            return first < 0 ? new Observation.Probe.Silent("nothing listens on it") : new Observation.Probe.Open();
        } catch (SocketTimeoutException e) {
            return new Observation.Probe.Open();
        } catch (IOException e) {
            return new Observation.Probe.Silent("nothing listens on it");
        }
    }

    /** GET without proxy and redirects. */
    static Observation.Probe get(String host, int port, String path) {
        try {
            URL url = new URL("http", host, port, path.startsWith("/") ? path : "/" + path);
            HttpURLConnection connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(ANSWER_MILLIS);
            connection.setInstanceFollowRedirects(false);
            connection.setRequestProperty("Connection", "close");
            return answer(connection);
        } catch (IOException e) {
            return new Observation.Probe.Silent(why(e));
        }
    }

    private static Observation.Probe answer(HttpURLConnection connection) throws IOException {
        try {
            int status = connection.getResponseCode();
            if (status < 0) {
                return new Observation.Probe.Silent("what answers does not speak HTTP");
            }
            return new Observation.Probe.Http(status, status < 400 ? "" : excerpt(connection.getErrorStream()));
        } finally {
            connection.disconnect();
        }
    }

    private static String excerpt(@Nullable InputStream body) throws IOException {
        if (body == null) {
            return "";
        }
        String text = new String(body.readNBytes(4 * EXCERPT), StandardCharsets.UTF_8)
                .replaceAll("\\s+", " ")
                .strip();
        return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + "…";
    }

    private static String why(IOException e) {
        if (e instanceof ConnectException) {
            return "connection refused";
        }
        if (e instanceof SocketTimeoutException) {
            return "nothing came back within 5 s";
        }
        return "nothing listens on the port (the connection was closed without an answer)";
    }
}
