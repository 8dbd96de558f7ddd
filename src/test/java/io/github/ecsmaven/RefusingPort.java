package io.github.ecsmaven;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A port of 127.0.0.1 at which nobody listens; it is held, so that no test that runs at the same time can take it. */
public final class RefusingPort implements AutoCloseable {
    private final Socket held = new Socket();

    public RefusingPort() throws IOException {
        held.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
    }

    public int number() {
        return held.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        held.close();
    }
}
