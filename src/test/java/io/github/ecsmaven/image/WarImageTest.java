package io.github.ecsmaven.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.TarImage;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.ImageTool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image of a WAR, as its bytes say. */
class WarImageTest {
    private static final String ROOT = "var/lib/jetty/webapps/ROOT/";
    private static final List<String> FILES =
            List.of("index.html", "WEB-INF/web.xml", "WEB-INF/classes/a/Servlet.class", "WEB-INF/lib/lib-1.jar");

    @TempDir
    Path folder;

    private final BuildImage build = new BuildImage(Requests.QUIET, Clock.systemUTC());
    private Path exploded;

    @BeforeEach
    void war() throws IOException {
        exploded = folder.resolve("orders-1");
        for (String name : FILES) {
            Path file = exploded.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, name);
        }
    }

    @Test
    void anExplodedWarHasItsFilesBelowTheServersFolder() throws Exception {
        ImageRequest request = request(exploded, Map.of());

        BuiltImage built = build.run(request, Optional.empty());

        assertThat(built.mainClass()).as("a WAR needs none").isEmpty();
        assertThat(built.layers()).as("dependencies, resources, classes").isEqualTo(3);
        assertThat(layers(request, built))
                .containsExactly(
                        List.of(ROOT + "WEB-INF/lib/lib-1.jar"),
                        List.of(ROOT + "WEB-INF/web.xml", ROOT + "index.html"),
                        List.of(ROOT + "WEB-INF/classes/a/Servlet.class"));
    }

    @Test
    void anotherServersFolderIsTaken() throws Exception {
        ImageRequest request = request(exploded, Map.of("appRoot", "/usr/local/tomcat/webapps/ROOT"));

        List<String> files = layers(request, build.run(request, Optional.empty())).stream()
                .flatMap(List::stream)
                .toList();
        assertThat(files).hasSize(FILES.size()).allSatisfy(file -> assertThat(file)
                .startsWith("usr/local/tomcat/webapps/ROOT/"));
    }

    @Test
    void aPackedWarGivesTheSameImageAsAnExplodedOne() throws Exception {
        Path packed = folder.resolve("orders-1.war");
        try (OutputStream file = Files.newOutputStream(packed);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (String name : FILES) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(Files.readAllBytes(exploded.resolve(name)));
            }
        }

        Digest one = build.run(request(exploded, Map.of()), Optional.empty()).digest();

        assertThat(build.run(request(packed, Map.of()), Optional.empty()).digest())
                .isEqualTo(one);
    }

    private ImageRequest request(Path war, Map<String, String> options) {
        return Requests.request(
                folder, "orders", "scratch", Requests.Options.of(options).withWar(war));
    }

    /** The files of each layer, in the order of the layers, read from the image that a push would send. */
    private List<List<String>> layers(ImageRequest request, BuiltImage built) throws Exception {
        Path tar = folder.resolve("image.tar");
        JibContainer said = build.again(request, built, Optional.empty())
                .get(0)
                .image()
                .containerize(Containerizer.to(TarImage.at(tar).named("orders"))
                        .setToolName(ImageTool.NAME)
                        .setToolVersion(ImageTool.VERSION)
                        .setBaseImageLayersCache(request.caches().base())
                        .setApplicationLayersCache(request.caches().application()));
        assertThat(said.getDigest()).hasToString(built.digest().value());
        List<List<String>> layers = new ArrayList<>();
        try (TarArchiveInputStream image = new TarArchiveInputStream(Files.newInputStream(tar))) {
            for (TarArchiveEntry entry = image.getNextEntry(); entry != null; entry = image.getNextEntry()) {
                if (entry.getName().endsWith(".tar.gz")) {
                    layers.add(files(image.readAllBytes()));
                }
            }
        }
        return layers;
    }

    private static List<String> files(byte[] layer) throws IOException {
        List<String> files = new ArrayList<>();
        try (TarArchiveInputStream in =
                new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(layer)))) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory()) {
                    files.add(entry.getName());
                }
            }
        }
        return files;
    }
}
