package io.github.ecsmaven.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.aws.AwsSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Against S3Mock, which others have written. It is a Spring Boot application of ninety jars that would clash with ours: a
 * process of its own, with the class path that Maven finds for it.
 */
class S3MockIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Spring Boot's versions from the mock's own parent, which those who depend on it don't get: its class path has another SLF4J. */
    private static final String BOOT_OF_5 = "<dependencyManagement><dependencies><dependency>"
            + "<groupId>org.springframework.boot</groupId><artifactId>spring-boot-dependencies</artifactId>"
            + "<version>4.1.1</version><type>pom</type><scope>import</scope></dependency></dependencies>"
            + "</dependencyManagement>";

    @TempDir
    Path folder;

    @Test
    void uploadChangesAndWayBack() throws Exception {
        with("5.2.0", BOOT_OF_5, s3 -> {
            uploadChangesAndWayBack(s3);
            styleHasItsHeadersAgain(s3);
            leaseIsOnlyWrittenAsItWasRead(s3);
        });
    }

    /** It lists ETags without the quotes that it answers a put with; and gives a copy no headers of its own. */
    @Test
    void storeThatWritesOneEtagInTwoWays() throws Exception {
        with("2.4.16", "", this::uploadChangesAndWayBack);
    }

    private interface Steps {
        void run(S3Client s3) throws Exception;
    }

    private void with(String version, String managed, Steps steps) throws Exception {
        Path log = folder.resolve("s3mock.log");
        int port = freePort();
        Process mock = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath(version, managed),
                        "com.adobe.testing.s3mock.S3MockApplication",
                        "--com.adobe.testing.s3mock.httpPort=" + port,
                        "--server.port=0",
                        // By version, each of these has one of two names.
                        "--com.adobe.testing.s3mock.store.root=" + folder.resolve("mock"),
                        "--com.adobe.testing.s3mock.domain.root=" + folder.resolve("mock"),
                        "--com.adobe.testing.s3mock.store.initialBuckets=shop-web",
                        "--com.adobe.testing.s3mock.domain.initialBuckets=shop-web")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try (AwsClients clients = clients(port)) {
            awaitStart(mock, log);
            steps.run(clients.s3());
        } finally {
            mock.destroy();
            mock.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private void uploadChangesAndWayBack(S3Client s3) throws Exception {
        Path dist = Files.createDirectories(folder.resolve("dist"));
        for (int i = 0; i < 30; i++) {
            Files.writeString(dist.resolve("page-" + i + ".html"), "<p>" + i);
        }
        Files.writeString(dist.resolve("größe +1.3f9c2b1a.css"), "p {}");
        UploadSite site = new UploadSite(() -> s3, S3MockIT::none, new SilentLog(), Clock.systemUTC(), time -> {});
        UploadRequest request = new UploadRequest(
                UploadRequest.Place.of("shop-web", "app"),
                3,
                Deletion.NOW,
                8,
                false,
                new UploadRequest.Holder("test", name -> false),
                Optional.empty());

        assertThat(site.upload(request, dist, FileRulesTest.PLAIN).sent()).isEqualTo(31);
        assertThat(site.upload(request, dist, FileRulesTest.PLAIN).sent()).isZero();
        Files.writeString(dist.resolve("page-1.html"), "<p>new");
        Files.delete(dist.resolve("größe +1.3f9c2b1a.css"));
        UploadedSite changed = site.upload(request, dist, FileRulesTest.PLAIN);
        assertThat(changed.sent()).isOne();
        assertThat(changed.deleted()).isOne();

        UploadedSite back = site.rollBack(request, Optional.empty());

        assertThat(back.sent()).isEqualTo(2);
        assertThat(s3.getObjectAsBytes(get -> get.bucket("shop-web").key("app/page-1.html"))
                        .asUtf8String())
                .isEqualTo("<p>1");
    }

    private static void styleHasItsHeadersAgain(S3Client s3) {
        GetObjectResponse style = s3.getObject(get -> get.bucket("shop-web").key("app/größe +1.3f9c2b1a.css"))
                .response();
        assertThat(style.contentType()).isEqualToIgnoringWhitespace("text/css; charset=utf-8");
        assertThat(style.cacheControl()).isEqualTo(FileRules.IMMUTABLE);
    }

    private static void leaseIsOnlyWrittenAsItWasRead(S3Client s3) {
        SiteBucket bucket = new SiteBucket(s3, "shop-web", "app/");
        byte[] other = {'{', '}'};
        String etag = bucket.lease().orElseThrow().etag();

        assertThat(bucket.writeLease(other, Optional.empty())).isEmpty();
        assertThat(bucket.writeLease(other, Optional.of("\"0123456789abcdef0123456789abcdef\"")))
                .isEmpty();
        assertThat(bucket.writeLease(other, Optional.of(etag))).isPresent();
    }

    private static CloudFrontClient none() {
        throw new AssertionError("no distribution was named");
    }

    private String classPath(String version, String managed) throws IOException, InterruptedException {
        Path pom = folder.resolve("pom.xml");
        Files.writeString(
                pom,
                "<project><modelVersion>4.0.0</modelVersion><groupId>s3</groupId><artifactId>mock</artifactId>"
                        + "<version>1</version>" + managed
                        + "<dependencies><dependency><groupId>com.adobe.testing</groupId>"
                        + "<artifactId>s3mock</artifactId><version>" + version
                        + "</version></dependency></dependencies></project>");
        Path found = folder.resolve("classpath");
        Path log = folder.resolve("maven.log");
        Process maven = new ProcessBuilder(
                        Path.of(System.getProperty("e2e.mavens"), "apache-maven-3.9.12", "bin", "mvn")
                                .toString(),
                        "-B",
                        "-q",
                        "-f",
                        pom.toString(),
                        "-Dmaven.repo.local=" + System.getProperty("e2e.local.repo"),
                        "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath",
                        "-Dmdep.outputFile=" + found)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        maven.waitFor();
        assumeThat(found)
                .as("skipped: S3Mock " + version + " can't be had here: " + Files.readString(log))
                .exists();
        return Files.readString(found).trim();
    }

    private static AwsClients clients(int port) {
        return new AwsClients(
                new AwsSettings(
                        Optional.of("us-east-1"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(URI.create("http://127.0.0.1:" + port)),
                        Optional.of(new AwsSettings.FixedCredentials("mock", "mock"))),
                Map.of());
    }

    private static void awaitStart(Process mock, Path log) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(log).contains("Started S3MockApplication")) {
            assertThat(mock.isAlive() && System.nanoTime() < end)
                    .as(() -> "S3Mock has not started: " + log)
                    .isTrue();
            mock.waitFor(100, TimeUnit.MILLISECONDS);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }

    private static final class SilentLog implements UploadLog {
        @Override
        public void ifInterrupted(String line) {}

        @Override
        public void planned(PlannedUpload plan) {}

        @Override
        public void progress(String what, long done, long total) {}

        @Override
        public void invalidating(String distribution, String invalidation, List<String> paths) {}

        @Override
        public void invalidated(String distribution, List<String> paths, Duration took) {}

        @Override
        public void detail(String text) {}

        @Override
        public void warning(String text) {}
    }
}
