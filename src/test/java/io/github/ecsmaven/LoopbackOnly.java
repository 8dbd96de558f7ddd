package io.github.ecsmaven;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.util.List;

/** Who may reach a port of this machine. */
public final class LoopbackOnly {
    private static final int PATIENCE_MILLIS = 2_000;

    private LoopbackOnly() {}

    /** The port takes connections at 127.0.0.1, and at no other address of this machine. */
    public static void assertThatPort(int port) {
        try {
            connect(InetAddress.getByName("127.0.0.1"), port);
            for (InetAddress other : others()) {
                assertThatThrownBy(() -> connect(other, port))
                        .as("a connection to %s, port %d", other, port)
                        .isInstanceOf(IOException.class);
            }
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static void connect(InetAddress address, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
        }
    }

    private static List<InetAddress> others() throws IOException {
        List<InetAddress> others = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .toList();
        assumeThat(others)
                .as("skipped: this machine has no address but its loopback")
                .isNotEmpty();
        return others;
    }
}
