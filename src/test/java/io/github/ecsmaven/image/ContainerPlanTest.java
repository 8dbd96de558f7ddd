package io.github.ecsmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.ContainerBuildPlan;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.image.BuiltImage.BaseImage;
import io.github.ecsmaven.image.ImageRequest.Dependency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerPlanTest {
    private static final Digest DIGEST = new Digest("sha256:" + "0".repeat(64));

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "mainClass=M                                  | java -cp /app/resources:/app/classes:/app/libs/* M",
                "mainClass=M;jvmFlags=-Xmx64m,-Da=b           | java -Xmx64m -Da=b -cp /app/resources:/app/classes:/app/libs/* M",
                "mainClass=M;extraClasspath=/opt/x            | java -cp /opt/x:/app/resources:/app/classes:/app/libs/* M",
                "mainClass=M;appRoot=/srv                     | java -cp /srv/resources:/srv/classes:/srv/libs/* M",
                "mainClass=M;expandClasspathDependencies=true | java -cp @/app/jib-classpath-file M",
                "entrypoint=run,it;jvmFlags=-Xmx64m           | run it",
                "entrypoint=INHERIT                           | ",
            })
    void entrypointOfAJar(String options, String expected) throws IOException {
        List<String> entrypoint =
                plan(Requests.Options.of(parsed(options)), "jetty").getEntrypoint();
        assertThat(entrypoint == null ? null : String.join(" ", entrypoint)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "jetty, java -jar /usr/local/jetty/start.jar --module=ee10-deploy",
        "jetty:12-jdk21, java -jar /usr/local/jetty/start.jar --module=ee10-deploy",
        "tomcat:10, ",
        "example.com/jetty, ",
    })
    void entrypointOfAWar(String base, String expected) throws IOException {
        List<String> entrypoint = plan(war(), base).getEntrypoint();
        assertThat(entrypoint == null ? null : String.join(" ", entrypoint)).isEqualTo(expected);
    }

    @Test
    void everyOptionOfTheContainerReachesJib() throws IOException {
        Requests.Options options = Requests.Options.of(Map.ofEntries(
                Map.entry("mainClass", "shop.Main"),
                Map.entry("environment", "ENV=in"),
                Map.entry("labels", "label=on"),
                Map.entry("user", "1000:1001"),
                Map.entry("args", "--verbose,all"),
                Map.entry("ports", "8081,53/udp"),
                Map.entry("volumes", "/data,/logs"),
                Map.entry("workingDirectory", "/work"),
                Map.entry("creationTime", "2026-01-31T12:00:00Z"),
                Map.entry("format", "OCI")));

        ContainerBuildPlan plan = plan(options, "none");

        assertThat(plan.getEnvironment()).isEqualTo(Map.of("ENV", "in"));
        assertThat(plan.getLabels()).isEqualTo(Map.of("label", "on"));
        assertThat(plan.getUser()).isEqualTo("1000:1001");
        assertThat(plan.getCmd()).containsExactly("--verbose", "all");
        assertThat(plan.getExposedPorts()).containsExactlyInAnyOrder(Port.tcp(8081), Port.udp(53));
        assertThat(plan.getVolumes())
                .containsExactlyInAnyOrder(AbsoluteUnixPath.get("/data"), AbsoluteUnixPath.get("/logs"));
        assertThat(plan.getWorkingDirectory()).isEqualTo(AbsoluteUnixPath.get("/work"));
        assertThat(plan.getCreationTime()).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(plan.getFormat()).isEqualTo(ImageFormat.OCI);
        assertThat(plan.getPlatforms()).containsExactly(new Platform("amd64", "linux"));
    }

    @Test
    void anOptionThatIsNotGivenIsLeftToTheBaseImage() throws IOException {
        ContainerBuildPlan plan = plan(Requests.Options.of(Map.of("mainClass", "shop.Main")), "none");

        assertThat(plan.getUser()).isNull();
        assertThat(plan.getWorkingDirectory()).isNull();
        assertThat(plan.getCmd()).as("a CMD of the base image").isNull();
        assertThat(plan.getFormat()).isEqualTo(ImageFormat.Docker);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"EPOCH_PLUS_SECOND, 1970-01-01T00:00:01Z", "2026-02-01T12:00:00Z, 2026-02-01T12:00:00Z"})
    void filesHaveTheTimeAskedFor(String asked, Instant expected) throws IOException {
        file("classes/a/Main.class");
        file("extra/etc/motd");
        Requests.Options options = Requests.Options.of(Map.of("mainClass", "a.Main", "filesModificationTime", asked));

        List<Instant> times = plan(options, "none").getLayers().stream()
                .flatMap(layer -> ((FileEntriesLayer) layer).getEntries().stream())
                .map(FileEntry::getModificationTime)
                .toList();
        assertThat(times).containsOnly(expected);
    }

    @Test
    void layersOfAJarStandInTheOrderOfChange() throws IOException {
        file("classes/a/Main.class");
        file("classes/a/application.properties");
        file("extra/etc/motd");
        Requests.Options options = Requests.Options.GOOD.with(List.of(
                library("one/common.jar", false, false),
                library("second/common.jar", false, false),
                library("three/common.jar", true, false),
                library("four/module.jar", false, true)));
        Map<String, List<String>> layers = layers(options, "none");
        assertThat(layers.keySet())
                .containsExactly("dependencies", "snapshot dependencies", "resources", "classes", "extra files");
        assertThat(layers.get("dependencies"))
                .as("jars of one name keep apart by their size")
                .containsExactly("/app/libs/common-19.jar", "/app/libs/common-22.jar");
        assertThat(layers.get("snapshot dependencies"))
                .containsExactly("/app/libs/common-21.jar", "/app/libs/module.jar");
        assertThat(layers.get("resources")).contains("/app/resources/a/application.properties");
        assertThat(layers.get("classes")).contains("/app/classes/a/Main.class");
        assertThat(layers.get("extra files")).containsExactly("/etc", "/etc/motd");
    }

    @Test
    void jarsOfOneNameAndSizeAreAProblem() throws IOException {
        Dependency one = library("one/common.jar", false, false);
        Dependency two = library("two/common.jar", false, false);
        Problem problem = catchThrowableOfType(
                Problem.class, () -> layers(Requests.Options.GOOD.with(List.of(one, two)), "none"));
        assertThat(problem.text())
                .isEqualTo("Two dependencies would be the same file '/app/libs/common-19.jar' in the image.\n  "
                        + one.file() + "\n  " + two.file()
                        + "\nNext: exclude one of the two, they have the same file name and size.");
    }

    @Test
    void layersOfAWarAreItsParts() throws IOException {
        file("war/index.html");
        file("war/WEB-INF/web.xml");
        file("war/WEB-INF/classes/a/Servlet.class");
        file("war/WEB-INF/lib/lib-1.jar");
        file("war/WEB-INF/lib/core-1-SNAPSHOT.jar");
        Requests.Options options = war().with(List.of(library("core-1-SNAPSHOT.jar", true, false)));
        Map<String, List<String>> layers = layers(options, "jetty");
        String root = "/var/lib/jetty/webapps/ROOT/";
        assertThat(layers.get("dependencies")).containsExactly(root + "WEB-INF/lib/lib-1.jar");
        assertThat(layers.get("snapshot dependencies")).containsExactly(root + "WEB-INF/lib/core-1-SNAPSHOT.jar");
        assertThat(layers.get("classes")).containsExactly(root + "WEB-INF/classes/a/Servlet.class");
        assertThat(layers.get("resources")).contains(root + "index.html", root + "WEB-INF/web.xml");
    }

    @Test
    void aModuleThatWasOnlyCompiledIsAProblem() throws IOException {
        Path classes = Files.createDirectories(folder.resolve("module/target/classes"));
        Requests.Options options = Requests.Options.GOOD.with(List.of(new Dependency(classes, false, true)));
        Problem problem = catchThrowableOfType(Problem.class, () -> layers(options, "none"));
        assertThat(problem.text())
                .isEqualTo("The dependency '" + classes
                        + "' is no jar file, so it can't go into the image of 'orders'.\n"
                        + "Next: build the image in a Maven call that runs the phase package in the whole reactor.");
    }

    private Requests.Options war() throws IOException {
        return Requests.Options.of(Map.of()).withWar(Files.createDirectories(folder.resolve("war")));
    }

    private Dependency library(String name, boolean snapshot, boolean module) throws IOException {
        return new Dependency(file("jars/" + name), snapshot, module);
    }

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, name);
    }

    private static Map<String, String> parsed(String options) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String option : options.split(";")) {
            int equals = option.indexOf('=');
            values.put(option.substring(0, equals), option.substring(equals + 1));
        }
        return values;
    }

    private ContainerBuildPlan plan(Requests.Options options, String base) throws IOException {
        ImageRequest request = Requests.request(folder, "orders", base, options);
        ContainerValues values = ContainerValues.of(request, () -> Instant.EPOCH);
        EngineDockerClient none = new EngineDockerClient(
                Optional.empty(),
                Optional.empty(),
                "linux/amd64",
                new ImageLoader(Optional.empty(), "none", List.of(), folder, Requests.QUIET));
        return new ContainerPlan(request, values, request.container().mainClass())
                .builder(new BaseImage(base, DIGEST), new Platform("amd64", "linux"), none)
                .toContainerBuildPlan();
    }

    private Map<String, List<String>> layers(Requests.Options options, String base) throws IOException {
        Map<String, List<String>> layers = new LinkedHashMap<>();
        plan(options, base)
                .getLayers()
                .forEach(layer -> layers.put(
                        layer.getName(),
                        ((FileEntriesLayer) layer)
                                .getEntries().stream()
                                        .map(entry -> entry.getExtractionPath().toString())
                                        .toList()));
        return layers;
    }
}
