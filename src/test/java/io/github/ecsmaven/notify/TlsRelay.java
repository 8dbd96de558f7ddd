package io.github.ecsmaven.notify;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** A mail server's encryption, in front of one that has none: for the name localhost, with TLS from the beginning or STARTTLS. */
final class TlsRelay implements AutoCloseable {
    private static final char[] PASSWORD = "relay-test".toCharArray();

    private final ServerSocket listener = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
    private final SSLContext tls = SSLContext.getInstance("TLS");
    private final int target;
    private final boolean later;

    TlsRelay(Path folder, int target, boolean later) throws Exception {
        this.target = target;
        this.later = later;
        KeyStore keys = keys(folder.resolve("relay.p12"));
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        tls.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        run(() -> {
            while (true) {
                Socket client = listener.accept();
                run(() -> serve(client));
            }
        });
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Sockets of a client that knows the certificate. */
    SSLSocketFactory trusting() {
        return tls.getSocketFactory();
    }

    private static KeyStore keys(Path file) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "relay",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .inheritIO()
                .start();
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException("keytool ended with " + keytool.exitValue());
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private void serve(Socket plain) throws IOException {
        if (later) {
            greet(plain);
        }
        SSLSocket client = (SSLSocket) tls.getSocketFactory().createSocket(plain, (InputStream) null, true);
        client.setUseClientMode(false);
        try (client;
                Socket server = new Socket("127.0.0.1", target)) {
            client.startHandshake();
            if (later) {
                line(server.getInputStream());
            }
            run(() -> server.getInputStream().transferTo(client.getOutputStream()));
            client.getInputStream().transferTo(server.getOutputStream());
        }
    }

    /** RFC 3207: what is said before the encryption begins. */
    private static void greet(Socket plain) throws IOException {
        OutputStream out = plain.getOutputStream();
        out.write("220 localhost\r\n".getBytes(StandardCharsets.US_ASCII));
        while (true) {
            String said = line(plain.getInputStream()).toUpperCase(Locale.ROOT);
            if (said.startsWith("STARTTLS")) {
                out.write("220 Go ahead\r\n".getBytes(StandardCharsets.US_ASCII));
                return;
            }
            out.write("250-localhost\r\n250 STARTTLS\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int sign = in.read(); sign != '\n'; sign = in.read()) {
            if (sign < 0) {
                throw new IOException("The client is gone.");
            }
            line.append((char) sign);
        }
        return line.toString();
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private static void run(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException over) {
                        // The one side or the other has closed; the test sees what came of it.
                    }
                },
                "tls-relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
