package io.github.ecsmaven.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadFactory;

/**
 * The public port. It turns TLS away at once and hands everything else to the HTTP server: Jib and Docker try HTTPS
 * first, and the JDK's server waits for the end of a line in a TLS greeting until the client gives up (Jib: 20 s).
 */
final class Door implements AutoCloseable {
    private static final int TLS_HANDSHAKE = 0x16;
    /** RFC 8446, section 6: alert, fatal, protocol_version. */
    private static final byte[] NO_TLS = {0x15, 3, 3, 0, 2, 2, 70};

    private static final int LONGEST_SILENCE_MILLIS = 60_000;

    private final ServerSocket listener;
    private final int server;
    private final ThreadFactory threads;

    /**
     * @param server the HTTP server's own port on 127.0.0.1
     */
    Door(ServerSocket listener, int server, ThreadFactory threads) {
        this.listener = listener;
        this.server = server;
        this.threads = threads;
    }

    void open() {
        threads.newThread(this::accept).start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                threads.newThread(() -> serve(client)).start();
            } catch (IOException closedOrBroken) {
                // closed: the loop ends; else that one client has gone, and the next one counts
                Thread.onSpinWait();
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            client.setSoTimeout(LONGEST_SILENCE_MILLIS);
            int first = client.getInputStream().read();
            if (first == TLS_HANDSHAKE) {
                client.getOutputStream().write(NO_TLS);
            } else if (first >= 0) {
                client.setSoTimeout(0);
                connect(client, first);
            }
        } catch (IOException gone) {
            // one side has hung up: the other one is hung up too, and that is all there is to do
            Thread.onSpinWait();
        }
    }

    private void connect(Socket client, int first) throws IOException {
        try (Socket inner = new Socket(InetAddress.getByName("127.0.0.1"), server)) {
            inner.setTcpNoDelay(true);
            inner.getOutputStream().write(first);
            threads.newThread(() -> pump(client, inner)).start();
            pump(inner, client);
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException gone) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
