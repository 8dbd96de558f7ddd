import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The few calls to a Docker engine that the scripts need, for machines with an engine but without the docker command:
 *
 * <pre>
 * java EngineApi.java unix:///var/run/docker.sock ping
 * java EngineApi.java unix:///var/run/docker.sock has-image NAME
 * java EngineApi.java unix:///var/run/docker.sock import NAME TAR CHANGE…
 * </pre>
 *
 * Exit status 0: yes, 1: no. HTTP/1.0 over the engine's socket, so that an answer ends with its connection.
 */
class EngineApi {
    public static void main(String[] args) throws IOException {
        URI engine = URI.create(args[0]);
        endAfter(args[1].equals("import") ? 600 : 20);
        String answer =
                switch (args[1]) {
                    case "ping" -> call(engine, "GET", "/_ping", null);
                    case "has-image" -> call(engine, "GET", "/images/" + args[2] + "/json", null);
                    case "import" -> call(engine, "POST", importPath(args), Path.of(args[3]));
                    default -> throw new IllegalArgumentException(args[1]);
                };
        String status = answer.lines().findFirst().orElse("no answer");
        // The import's answer is a stream of messages: an error comes with status 200.
        if (!status.contains(" 200") || answer.contains("\"error\":")) {
            System.err.println(answer);
            System.exit(1);
        }
    }

    /** A socket of this kind has no timeout of its own. */
    private static void endAfter(int seconds) {
        Thread watch = new Thread(() -> {
            try {
                Thread.sleep(seconds * 1000L);
            } catch (InterruptedException nobodyDoes) {
                return;
            }
            System.err.println("The engine has not answered for " + seconds + " s.");
            Runtime.getRuntime().halt(1);
        });
        watch.setDaemon(true);
        watch.start();
    }

    private static String importPath(String[] args) {
        StringBuilder path = new StringBuilder("/images/create?fromSrc=-");
        int colon = args[2].lastIndexOf(':');
        path.append("&repo=").append(encoded(args[2].substring(0, colon)));
        path.append("&tag=").append(encoded(args[2].substring(colon + 1)));
        for (int i = 4; i < args.length; i++) {
            path.append("&changes=").append(encoded(args[i]));
        }
        return path.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String call(URI engine, String method, String path, Path body) throws IOException {
        try (SocketChannel channel = connect(engine)) {
            OutputStream out = Channels.newOutputStream(channel);
            long length = body == null ? 0 : Files.size(body);
            out.write((method + " " + path + " HTTP/1.0\r\nHost: engine\r\nContent-Type: application/x-tar\r\n"
                            + "Content-Length: " + length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            if (body != null) {
                Files.copy(body, out);
            }
            return read(Channels.newInputStream(channel));
        }
    }

    private static SocketChannel connect(URI engine) throws IOException {
        if ("unix".equals(engine.getScheme())) {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(engine.getPath()));
            return channel;
        }
        return SocketChannel.open(new InetSocketAddress(engine.getHost(), engine.getPort() < 0 ? 2375 : engine.getPort()));
    }

    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        in.transferTo(answer);
        return answer.toString(StandardCharsets.UTF_8);
    }
}
