package io.github.ecsmaven.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * The public port. It turns TLS away at once and hands everything else to the HTTP server: Jib and Docker try HTTPS
 * first, and the JDK's server waits for the end of a line in a TLS greeting until the client gives up (Jib: 20 s).
 * The HTTP server's own port is open to this machine too; that is harmless, as it checks all that this one leads to.
 */
final class Door implements AutoCloseable {
    private static final int TLS_HANDSHAKE = 0x16;
    /** RFC 8446, section 6: alert, fatal, protocol_version. */
    private static final byte[] NO_TLS = {0x15, 3, 3, 0, 2, 2, 70};

    private static final long PAUSE_NANOS = 100_000_000;
    private static final int LONGEST_SILENCE_MILLIS = 60_000;
    /** Who comes when as many are there waits in the listener's queue. */
    private static final int CONNECTIONS = 100;

    private static final long STACK_BYTES = 128 << 10;

    private final ServerSocket listener;
    private final int server;
    private final Semaphore room = new Semaphore(CONNECTIONS);
    private final ExecutorService threads = Executors.newCachedThreadPool(Door::thread);

    /**
     * @param server the HTTP server's own port on 127.0.0.1
     */
    Door(ServerSocket listener, int server) {
        this.listener = listener;
        this.server = server;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "sandbox-door", STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    }

    void open() {
        threads.execute(this::accept);
    }

    private void accept() {
        while (!listener.isClosed()) {
            room.acquireUninterruptibly();
            try {
                Socket client = listener.accept();
                threads.execute(() -> serve(client));
            } catch (IOException | RejectedExecutionException closedOrBroken) {
                // closed: the loop ends; else that one client has gone, and the next one counts
                room.release();
                if (!listener.isClosed()) {
                    LockSupport.parkNanos(PAUSE_NANOS); // no file handle left, say: that lasts
                }
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
        } catch (IOException | RejectedExecutionException gone) {
            // one side has hung up, or the sandbox ends: both sides are closed, and that is all there is to do
        } finally {
            room.release();
        }
    }

    /** Until the HTTP server hangs up, which it does with a connection that is idle for 30 s. */
    private void connect(Socket client, int first) throws IOException {
        try (Socket inner = new Socket(InetAddress.getByName("127.0.0.1"), server)) {
            inner.setTcpNoDelay(true);
            inner.getOutputStream().write(first);
            threads.execute(() -> copyRequests(client, inner));
            inner.getInputStream().transferTo(client.getOutputStream());
        }
    }

    /** A client that only says that it has no more to send still gets its answer. */
    private static void copyRequests(Socket client, Socket inner) {
        try {
            client.getInputStream().transferTo(inner.getOutputStream());
            inner.shutdownOutput();
        } catch (IOException gone) {
            closeQuietly(inner);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException closedAllTheSame) {
            // a socket that can't be closed in order is gone as well
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }
}
