package io.github.ecsmaven.sandbox.ecs;

import io.github.ecsmaven.sandbox.balancer.Target;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Does a task's port answer? Asked at the container's own address where that is reached (Linux); else at the published
 * port, where the engine's proxy accepts every connection, so that only bytes or patience on the other side count.
 */
final class Probe {
    private static final int MILLIS = 300;

    private enum Answer {
        OPEN,
        CLOSED,
        UNREACHABLE
    }

    /**
     * @param ip the container's; empty: none
     * @param published on 127.0.0.1; 0: none
     * @return where requests can go to
     */
    Optional<Target> find(String ip, int port, int published) {
        if (!ip.isEmpty()) {
            Answer direct = connect(new Target(ip, port));
            if (direct != Answer.UNREACHABLE) {
                return direct == Answer.OPEN ? Optional.of(new Target(ip, port)) : Optional.empty();
            }
        }
        Target behind = new Target("127.0.0.1", published);
        return published > 0 && speaks(behind) ? Optional.of(behind) : Optional.empty();
    }

    private static Answer connect(Target target) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(target.host(), target.port()), MILLIS);
            return Answer.OPEN;
        } catch (ConnectException refused) {
            return String.valueOf(refused.getMessage()).contains("refused") ? Answer.CLOSED : Answer.UNREACHABLE;
        } catch (IOException unreachable) {
            return Answer.UNREACHABLE;
        }
    }

    /** The engine's proxy closes at once when nothing listens inside. */
    private static boolean speaks(Target target) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(target.host(), target.port()), MILLIS);
            socket.setSoTimeout(MILLIS);
            socket.getOutputStream()
                    .write("HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException slow) {
            return true;
        } catch (IOException closed) {
            return false;
        }
    }
}
