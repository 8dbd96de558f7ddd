package io.github.ecsmaven.sandbox.ecs;

import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.github.ecsmaven.LocalEngine;
import io.github.ecsmaven.sandbox.engine.DockerEngine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** {@link TestApp} as an image of the local engine. */
final class TestImage {
    static final String NAME = "ecs-maven-plugin/test-app:1";

    private static final String BASE = "ecs-maven-plugin/java:17";
    private static final String DOCKERFILE = "FROM " + BASE + "\n"
            + "COPY TestApp.class /app/io/github/ecsmaven/sandbox/ecs/TestApp.class\n"
            + "EXPOSE 8080\n"
            + "ENTRYPOINT [\"/opt/java/bin/java\",\"-XX:TieredStopAtLevel=1\",\"-XX:+UseSerialGC\",\"-cp\",\"/app\","
            + "\"io.github.ecsmaven.sandbox.ecs.TestApp\"]\n";

    private TestImage() {}

    /** Builds it. */
    static void build() throws IOException {
        byte[] context = context();
        Request.Builder request = Request.builder();
        request.method("POST")
                .path("/build?t=" + NAME)
                .putHeader("Content-Type", "application/x-tar")
                .body(new ByteArrayInputStream(context));
        try (DockerHttpClient http = new ZerodepDockerHttpClient.Builder()
                        .dockerHost(LocalEngine.address())
                        .build();
                DockerHttpClient.Response response = http.execute(request.build());
                InputStream body = response.getBody()) {
            String said = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            if (response.getStatusCode() != 200 || said.contains("errorDetail")) {
                throw new IOException(said);
            }
        }
    }

    static void remove() {
        try (DockerEngine engine = new DockerEngine(LocalEngine.address())) {
            engine.removeImage(NAME);
        }
    }

    private static byte[] context() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes);
                InputStream type = Objects.requireNonNull(TestImage.class.getResourceAsStream("TestApp.class"))) {
            put(tar, "Dockerfile", DOCKERFILE.getBytes(StandardCharsets.UTF_8));
            put(tar, "TestApp.class", type.readAllBytes());
        }
        return bytes.toByteArray();
    }

    private static void put(TarArchiveOutputStream tar, String name, byte[] bytes) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        entry.setModTime(0);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }
}
