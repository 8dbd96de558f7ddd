package io.github.ecsmaven;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.BiFunction;

/** A registry on loopback that gives the answers of a script; it takes no TLS, as Jib's fall back to HTTP expects. */
public final class ScriptedRegistry implements AutoCloseable {
    /** @param body may be empty */
    public record Answer(int status, String headers, String body) {}

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final Script script;

    /** Answers from method, path and the header Authorization, which may be empty. */
    @FunctionalInterface
    public interface Script {
        Answer answer(String method, String path, String authorization);
    }

    /** @param script from method and path */
    public ScriptedRegistry(BiFunction<String, String, Answer> script) throws IOException {
        this((method, path, authorization) -> script.apply(method, path));
    }

    public ScriptedRegistry(Script script) throws IOException {
        this.script = script;
        Thread thread = new Thread(this::serve, "scripted-registry");
        thread.setDaemon(true);
        thread.start();
    }

    public String host() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** Each connection is answered on its own, so that a script may hold one back until another has come. */
    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread thread = new Thread(() -> answerAndClose(client), "scripted-registry-answer");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException closed) {
                // The test has ended its registry.
            }
        }
    }

    private void answerAndClose(Socket client) {
        try (client) {
            answer(client);
        } catch (IOException gone) {
            // The client has ended the connection.
        }
    }

    private void answer(Socket client) throws IOException {
        InputStream in = new BufferedInputStream(client.getInputStream());
        String request = line(in);
        if (!request.contains(" HTTP/1.1")) {
            return;
        }
        long length = 0;
        boolean chunked = false;
        String authorization = "";
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            length = lower.startsWith("content-length:")
                    ? Long.parseLong(lower.substring(15).trim())
                    : length;
            authorization =
                    lower.startsWith("authorization:") ? header.substring(14).trim() : authorization;
            chunked |= lower.startsWith("transfer-encoding: chunked");
        }
        skipBody(in, length, chunked);
        String[] parts = request.split(" ");
        Answer answer = script.answer(parts[0], parts[1], authorization);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        OutputStream out = client.getOutputStream();
        out.write(("HTTP/1.1 " + answer.status() + " Any\r\n" + answer.headers()
                        + "Connection: close\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(parts[0].equals("HEAD") ? new byte[0] : body);
        out.flush();
    }

    private static void skipBody(InputStream in, long length, boolean chunked) throws IOException {
        in.skipNBytes(length);
        if (chunked) {
            for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
                in.skipNBytes(size + 2);
            }
            line(in);
        }
    }

    /** A TLS hello begins with 0x16: then there is no line to wait for. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = in.read(); read > 0x16 || read == '\r' || read == '\t'; read = in.read()) {
            if (read != '\r') {
                line.append((char) read);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
