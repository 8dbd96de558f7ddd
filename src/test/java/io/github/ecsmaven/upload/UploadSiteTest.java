package io.github.ecsmaven.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.sandbox.LocalAws;
import io.github.ecsmaven.upload.FileRules.Compression;
import io.github.ecsmaven.upload.UploadRequest.CloudFront;
import io.github.ecsmaven.upload.UploadRequest.Holder;
import io.github.ecsmaven.upload.UploadRequest.Place;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** With the real SDK against the sandbox's S3. */
class UploadSiteTest {
    private static final AtomicInteger BUCKETS = new AtomicInteger();

    @TempDir
    static Path home;

    private static LocalAws aws;
    private static AwsClients clients;

    @TempDir
    Path dist;

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private String bucket;

    @BeforeAll
    static void start() throws IOException {
        aws = new LocalAws(home);
        clients = aws.clients();
    }

    @AfterAll
    static void end() throws IOException {
        clients.close();
        aws.close();
    }

    @BeforeEach
    void bucket() {
        bucket = "site-" + BUCKETS.incrementAndGet();
        aws.mend();
        clients.s3().createBucket(create -> create.bucket(bucket));
    }

    @Test
    void uploadSendsOnlyWhatHasChangedAndComesBack() throws Exception {
        write("index.html", "<script src=/app.3f9c2b1a.js></script>");
        write("app.3f9c2b1a.js", "one");
        write("img/größe x.svg", "<svg/>");
        UploadedSite first = upload(request());
        assertThat(first.sent()).isEqualTo(3);
        assertThat(first.previous()).isEmpty();
        GetObjectResponse page = clients.s3()
                .getObject(get -> get.bucket(bucket).key("shop/index.html"))
                .response();
        assertThat(page.contentType()).isEqualTo("text/html; charset=utf-8");
        assertThat(page.cacheControl()).isEqualTo("no-cache");

        assertThat(upload(request()).sent()).as("nothing has changed").isZero();
        assertThat(upload(request()).id()).isEqualTo(first.id());

        Files.delete(dist.resolve("app.3f9c2b1a.js"));
        write("app.77aa00bb.js", "two");
        write("index.html", "<script src=/app.77aa00bb.js></script>");
        UploadedSite second = upload(request());
        assertThat(second.sent()).isEqualTo(2);
        assertThat(second.previous()).contains(first.id());
        assertThat(keys()).as("for a page that is open").contains("app.3f9c2b1a.js");

        write("index.html", "three");
        UploadedSite third = upload(request());
        assertThat(third.deleted()).isEqualTo(1);
        assertThat(keys()).contains("app.77aa00bb.js").doesNotContain("app.3f9c2b1a.js");

        UploadedSite back = site().rollBack(request(), Optional.of(first.id()));
        assertThat(back.restored()).contains(first.id());
        assertThat(text("index.html")).isEqualTo("<script src=/app.3f9c2b1a.js></script>");
        assertThat(text("app.3f9c2b1a.js")).isEqualTo("one");
        GetObjectResponse again = clients.s3()
                .getObject(get -> get.bucket(bucket).key("shop/index.html"))
                .response();
        assertThat(again.contentType()).isEqualTo("text/html; charset=utf-8");
        assertThat(again.cacheControl()).isEqualTo("no-cache");
        assertThatThrownBy(() -> site().rollBack(request(), Optional.empty()))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.what())
                            .startsWith(
                                    "There is no earlier set of files in s3://" + bucket + "/shop/ than " + first.id());
                    assertThat(problem.next())
                            .startsWith("bring the newer set back with -Decs.upload.to=" + third.id() + ", or upload");
                });
        assertThat(site().rollBack(request(), Optional.of(third.id())).restored())
                .contains(third.id());
    }

    @Test
    void pagesComeAfterTheirAssetsAndWorkersLast() throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 40; i++) {
            write("asset-" + i + ".js", "a" + i);
            write("page-" + i + ".html", "p" + i);
        }
        write("sw.js", "w");
        try (S3Client watched = watched(order)) {
            new UploadSite(() -> watched, clients::cloudFront, log(), Clock.systemUTC(), time -> {})
                    .upload(request(), dist, FileRulesTest.PLAIN);
        }
        List<String> kinds = order.stream()
                .filter(key -> !key.contains(".ecs/"))
                .map(key -> key.replaceFirst("^shop/", "").replaceFirst("[-.].*", ""))
                .toList();
        assertThat(kinds)
                .hasSize(81)
                .isSortedAccordingTo(
                        (one, other) -> Integer.compare("asset page sw".indexOf(one), "asset page sw".indexOf(other)));
    }

    @Test
    void uploadWhenACopyIsRefusedLeavesThePages() throws Exception {
        write("index.html", "old");
        upload(request());
        write("index.html", "new");
        write("a.js", "new");
        aws.order("{'fault': 'error', 'action': 's3:CopyObject', 'code': 'AccessDenied', 'status': 403,"
                + " 'message': 'Access Denied'}");

        assertThatThrownBy(() -> upload(request()))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.text())
                        // Page and list are copied beside each other.
                        .containsPattern("^Could not keep (a copy of 'index.html'|the list of the files of the set"
                                + " before) in s3://" + bucket)
                        .endsWith("/shop/: AWS did not allow it.\n  Access Denied\n"
                                + "  Statements: {\"Effect\": \"Allow\", \"Action\": \"s3:ListBucket\", \"Resource\":"
                                + " \"arn:aws:s3:::" + bucket + "\"}, {\"Effect\": \"Allow\", \"Action\":"
                                + " [\"s3:GetObject\", \"s3:PutObject\", \"s3:DeleteObject\"], \"Resource\":"
                                + " \"arn:aws:s3:::" + bucket + "/shop/*\"}\n"
                                + "Next: add these statements to the IAM policy of the build's role; see also the"
                                + " bucket's own policy."));
        assertThat(text("index.html")).isEqualTo("old");
        aws.mend();
        assertThat(upload(request()).sent()).isEqualTo(2);
    }

    @Test
    void uploadWhenTheLastPageIsRefusedPutsTheOthersBack() throws Exception {
        write("a.html", "old a");
        write("b.html", "old b");
        upload(request());
        write("a.html", "new a");
        write("b.html", "new b");
        try (S3Client refusing = refusing("shop/b.html")) {
            UploadSite site = new UploadSite(() -> refusing, clients::cloudFront, log(), Clock.systemUTC(), time -> {});
            assertThatThrownBy(() -> site.upload(request(1), dist, FileRulesTest.PLAIN))
                    .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.evidence())
                            .contains("The pages are as they were before: 1 were put back."));
        }
        assertThat(text("a.html")).isEqualTo("old a");
        assertThat(text("b.html")).isEqualTo("old b");
        assertThat(upload(request()).sent()).isEqualTo(2);
    }

    @Test
    void uploadAfterOneThatWasBrokenOffSendsOnlyWhatIsMissing() throws Exception {
        for (int i = 0; i < 20; i++) {
            write("asset-" + i + ".js", "a" + i);
        }
        write("index.html", "1");
        try (S3Client refusing = refusing("shop/asset-7.js")) {
            UploadSite site = new UploadSite(() -> refusing, clients::cloudFront, log(), Clock.systemUTC(), time -> {});
            assertThatThrownBy(() -> site.upload(request(1), dist, FileRulesTest.PLAIN))
                    .isInstanceOf(Problem.class);
        }
        int there = keys().size();
        assertThat(there).isBetween(1, 19);
        assertThat(told)
                .filteredOn(line -> line.startsWith("Interrupted"))
                .containsExactly(
                        "Interrupted: nothing in s3://" + bucket + "/shop/ was changed.",
                        "Interrupted: the pages of s3://" + bucket
                                + "/shop/ are as they were, and files that went up already do no harm. The next upload does what is missing.");
        write("asset-0.js", "changed");

        assertThat(upload(request()).sent()).isEqualTo(21 - there + 1);
        assertThat(text("asset-0.js")).isEqualTo("changed");
        assertThat(upload(request()).sent()).isZero();
    }

    @Test
    void uploadAfterOneThatWasBrokenOffAmongPagesKeepsTheWayBack() throws Exception {
        write("a.html", "old a");
        write("b.html", "old b");
        UploadedSite old = upload(request());
        write("a.html", "new a");
        write("b.html", "new b");
        try (S3Client dying = dying("shop/b.html")) {
            UploadSite site = new UploadSite(() -> dying, clients::cloudFront, log(), Clock.systemUTC(), time -> {});
            assertThatThrownBy(() -> site.upload(request(1), dist, FileRulesTest.PLAIN))
                    .hasRootCauseMessage("killed");
        }
        assertThat(text("a.html")).isEqualTo("new a");
        assertThat(told)
                .contains("Interrupted: some pages of s3://" + bucket
                        + "/shop/ are new, some are not; each finds its assets. The next upload does what is missing.");

        UploadedSite next = upload(request());

        assertThat(next.sent()).isEqualTo(1);
        assertThat(next.previous()).contains(old.id());
        assertThat(told).noneMatch(line -> line.contains("by somebody else"));
        site().rollBack(request(), Optional.empty());
        assertThat(text("a.html") + text("b.html")).isEqualTo("old aold b");
    }

    @Test
    void uploadWhenAllWasPutAndOnlyTheListIsMissingWritesIt() throws Exception {
        write("a.html", "old");
        UploadedSite old = upload(request());
        write("a.html", "new");
        try (S3Client dying = dying("shop/.ecs/current.json")) {
            UploadSite site = new UploadSite(() -> dying, clients::cloudFront, log(), Clock.systemUTC(), time -> {});
            assertThatThrownBy(() -> site.upload(request(), dist, FileRulesTest.PLAIN))
                    .hasMessage("killed");
        }

        UploadedSite next = upload(request());

        assertThat(next.sent()).isZero();
        assertThat(next.previous()).contains(old.id());
    }

    @Test
    void fileThatIsThereWithOtherHeadersIsSentAlthoughItsBytesAreRight() throws Exception {
        write("a.js", "1");
        clients.s3().putObject(put -> put.bucket(bucket).key("shop/a.js"), RequestBody.fromString("1"));
        try (S3Client refusing = refusing("shop/a.js")) {
            UploadSite site = new UploadSite(() -> refusing, clients::cloudFront, log(), Clock.systemUTC(), time -> {});
            assertThatThrownBy(() -> site.upload(request(), dist, FileRulesTest.PLAIN))
                    .isInstanceOf(Problem.class);
        }

        assertThat(upload(request()).sent()).isEqualTo(1);
    }

    @Test
    void uploadWhenAnotherIsUnderWayIsTold() throws Exception {
        write("index.html", "1");
        SiteBucket place = new SiteBucket(clients.s3(), bucket, "shop/");
        Lease other = Lease.take(place, "build 7 on ci-1", name -> false, Clock.systemUTC());

        assertThatThrownBy(() -> upload(request())).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.what())
                    .isEqualTo("Another upload to s3://" + bucket
                            + "/shop/ is under way; nothing was changed by this one.");
            assertThat(problem.evidence().get(0)).startsWith("by build 7 on ci-1, since 2");
        });
        assertThat(keys()).isEmpty();

        other.release(List.of());
        assertThat(upload(request()).sent()).isEqualTo(1);
        assertThatThrownBy(() -> other.outdate(List.of("/a")))
                .hasMessage("Another upload to s3://" + bucket + "/shop/ has taken the place of this one.");
    }

    @Test
    void uploadWhenItsHolderIsAProcessThatHasEndedTakesOver() throws Exception {
        write("index.html", "1");
        Lease.take(new SiteBucket(clients.s3(), bucket, "shop/"), "me", name -> false, Clock.systemUTC());

        UploadRequest knowing = new UploadRequest(
                new Place(bucket, "shop/"),
                3,
                Deletion.LATER,
                4,
                false,
                new Holder("me", "me"::equals),
                Optional.empty());

        assertThat(upload(knowing).sent()).isEqualTo(1);
    }

    @Test
    void dryRunChangesNothing() throws Exception {
        write("index.html", "1");
        UploadRequest dry = new UploadRequest(
                new Place(bucket, ""), 3, Deletion.LATER, 4, true, new Holder("me", name -> false), Optional.empty());

        UploadedSite none = upload(dry);

        assertThat(none.sent()).isZero();
        assertThat(told).contains("plan s3://" + bucket + "/ new [index.html] changed [] unchanged 0 deleted []");
        assertThat(clients.s3().listObjectsV2(list -> list.bucket(bucket)).contents())
                .isEmpty();
    }

    @Test
    void gzipStoresTextSmallerAndIsStable() throws Exception {
        write("app.js", "let x = 1;\n".repeat(500));
        write("small.js", "1");
        write("a.png", "p".repeat(5_000));
        FileRules gzip = new FileRules(List.of(), List.of(), List.of(), List.of(), Compression.GZIP);

        site().upload(request(), dist, gzip);

        GetObjectResponse script = clients.s3()
                .getObject(get -> get.bucket(bucket).key("shop/app.js"))
                .response();
        assertThat(script.contentEncoding()).isEqualTo("gzip");
        assertThat(script.contentLength()).isLessThan(500);
        byte[] stored = clients.s3()
                .getObjectAsBytes(get -> get.bucket(bucket).key("shop/app.js"))
                .asByteArray();
        assertThat(new GZIPInputStream(new ByteArrayInputStream(stored)).readAllBytes())
                .isEqualTo(Files.readAllBytes(dist.resolve("app.js")));
        assertThat(clients.s3()
                        .getObject(get -> get.bucket(bucket).key("shop/small.js"))
                        .response()
                        .contentEncoding())
                .isNull();
        assertThat(clients.s3()
                        .getObject(get -> get.bucket(bucket).key("shop/a.png"))
                        .response()
                        .contentEncoding())
                .isNull();
        assertThat(site().upload(request(), dist, gzip).sent()).isZero();
    }

    @Test
    void brotliTakesWhatTheBundlerHasCompressed() throws Exception {
        FileRules brotli = new FileRules(List.of(), List.of(), List.of(), List.of(), Compression.BROTLI);
        write("app.js", "plain");
        assertThatThrownBy(() -> site().upload(request(), dist, brotli))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.text())
                        .contains("no encoder of Brotli (ecs.upload.compress=brotli)", "ecs.upload.compress=gzip"));
        write("app.js.br", "smaller");

        site().upload(request(), dist, brotli);

        assertThat(keys()).containsExactly("app.js");
        assertThat(text("app.js")).isEqualTo("smaller");
    }

    @Test
    void cloudFrontIsToldWhatVisitorsMayHaveAndWaitedFor() throws Exception {
        write("index.html", "1");
        write("app.3f9c2b1a.js", "1");
        UploadRequest behind = behind("E123");

        assertThat(upload(behind).invalidated()).containsExactly("/", "/index.html");
        assertThat(told).contains("invalidated E123 [/, /index.html]");
        assertThat(upload(behind).invalidated()).isEmpty();

        write("index.html", "2");
        aws.order("{'fault': 'error', 'action': 'cloudfront:CreateInvalidation', 'code': 'AccessDenied',"
                + " 'status': 403, 'message': 'no'}");
        assertThatThrownBy(() -> upload(behind))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.text())
                        .contains("[\"cloudfront:CreateInvalidation\", \"cloudfront:GetInvalidation\"]"));
        aws.mend();
        assertThat(upload(behind).invalidated())
                .as("left by the one that failed")
                .containsExactly("/", "/index.html");

        assertThatThrownBy(() -> upload(behind("D123")))
                .hasMessageStartingWith("There is no CloudFront distribution 'D123'");
    }

    @Test
    void directoryWhenItHasNothingIsRefused() throws Exception {
        assertThatThrownBy(() -> upload(request()))
                .hasMessage("The directory '" + dist
                        + "' has no files (ecs.upload.directory): to upload it would delete the site.");
        assertThatThrownBy(() -> site().upload(request(), dist.resolve("build"), FileRulesTest.PLAIN))
                .hasMessage("The directory '" + dist.resolve("build")
                        + "' does not exist (ecs.upload.directory); nothing was uploaded.");
        Files.createSymbolicLink(dist.resolve("gone.js"), dist.resolve("nowhere"));
        assertThatThrownBy(() -> upload(request())).isInstanceOf(Problem.class);
    }

    @Test
    void linkThatLeadsOutOfTheDirectoryIsRefusedAndOneWithinIsFollowed(@TempDir Path elsewhere) throws Exception {
        write("index.html", "1");
        write("v2/app.js", "1");
        Files.createSymbolicLink(dist.resolve("latest"), Path.of("v2"));
        upload(request());
        assertThat(keys()).containsExactlyInAnyOrder("index.html", "v2/app.js", "latest/app.js");

        Files.writeString(elsewhere.resolve("id_rsa"), "s3cret");
        Path folder = Files.createSymbolicLink(dist.resolve("keys"), elsewhere);
        assertRefusesLink(folder, elsewhere);
        assertThat(site().upload(request(), dist, excluding("keys/**")).sent()).isZero();
        Files.delete(folder);
        assertRefusesLink(
                Files.createSymbolicLink(dist.resolve("key.txt"), elsewhere.resolve("id_rsa")),
                elsewhere.resolve("id_rsa"));
        assertThat(keys()).doesNotContain("key.txt", "keys/id_rsa");
    }

    private void assertRefusesLink(Path link, Path to) {
        assertThatThrownBy(() -> upload(request()))
                .hasMessage("'" + link + "' is a symbolic link that leads out of the directory, to '" + to
                        + "' (ecs.upload.directory); nothing was uploaded.");
    }

    private static FileRules excluding(String glob) {
        return new FileRules(
                List.of(KeyPattern.of("ecs.upload.excludes", glob)), List.of(), List.of(), List.of(), Compression.NONE);
    }

    @Test
    void linkToAFolderThatItIsInIsToldWithWhatHelps() throws Exception {
        write("a/index.html", "1");
        Path link = Files.createSymbolicLink(dist.resolve("a/again"), dist.resolve("a"));

        assertThatThrownBy(() -> upload(request()))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.text())
                        .isEqualTo("'" + link
                                + "' is a symbolic link to a folder that it is in itself; nothing was uploaded.\n"
                                + "Next: remove the link (ecs.upload.directory)."));
    }

    @Test
    void fileThatVanishesOrChangesIsTold() throws Exception {
        write("index.html", "1");
        SiteFile read = new SiteFile(
                "a.js",
                dist.resolve("a.js"),
                1,
                "00",
                FileRulesTest.PLAIN.headersOf("a.js", Optional.empty()),
                Wave.ASSET,
                false);
        assertThatThrownBy(() -> Body.of(read))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.text())
                        .isEqualTo("'" + dist.resolve("a.js") + "' vanished while the files were being read.\n"
                                + "Next: end what works on ecs.upload.directory (a bundler in watch mode), and deploy"
                                + " again."));
        write("a.js", "2");
        assertThatThrownBy(() -> Body.of(read))
                .hasMessage("'" + dist.resolve("a.js") + "' was changed while the files were being uploaded.");
    }

    @Test
    void storeThatMindsHowManyKeysAreAskedForIsListedInPages() throws Exception {
        write("index.html", "1");
        write("a.js", "1");
        upload(request());
        Files.delete(dist.resolve("a.js"));
        List<Integer> asked = Collections.synchronizedList(new ArrayList<>());
        try (S3Client strict = listing(asked)) {
            UploadSite site = new UploadSite(() -> strict, clients::cloudFront, log(), Clock.systemUTC(), time -> {});
            assertThat(site.upload(request(), dist, FileRulesTest.PLAIN).sent()).isZero();
        }
        assertThat(asked).hasSize(2).last().isNull();
        assertThat(told).anyMatch(line -> line.contains("unchanged 1"));
    }

    @Test
    void bucketWhenItIsMissing() throws Exception {
        write("index.html", "1");
        UploadRequest missing = new UploadRequest(
                new Place("no-such-bucket", ""),
                3,
                Deletion.LATER,
                4,
                false,
                new Holder("me", name -> false),
                Optional.empty());

        assertThatThrownBy(() -> upload(missing))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.text())
                        .isEqualTo("The bucket 'no-such-bucket' does not exist (ecs.upload.bucket).\n"
                                + "Next: create it (aws s3 mb s3://no-such-bucket), or correct ecs.upload.bucket; check"
                                + " ecs.profile and ecs.roleArn when it is another account's."));
    }

    @Test
    void bucketWhenItIsInAnotherRegion() throws Exception {
        write("index.html", "1");
        aws.order("{'fault': 'error', 'action': 's3:*', 'code': 'AuthorizationHeaderMalformed', 'status': 400,"
                + " 'message': 'The authorization header is malformed; the region is wrong; expecting eu-central-1'}");

        assertThatThrownBy(() -> upload(request()))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.text())
                        .contains("is in the region eu-central-1", "set ecs.region=eu-central-1."));
    }

    private UploadedSite upload(UploadRequest request) throws InterruptedException {
        return site().upload(request, dist, FileRulesTest.PLAIN);
    }

    private UploadSite site() {
        return new UploadSite(clients::s3, clients::cloudFront, log(), Clock.systemUTC(), time -> {});
    }

    private UploadRequest request() {
        return request(8);
    }

    private UploadRequest request(int atOnce) {
        return new UploadRequest(
                new Place(bucket, "shop/"),
                3,
                Deletion.LATER,
                atOnce,
                false,
                new Holder("me", name -> false),
                Optional.empty());
    }

    private UploadRequest behind(String distribution) {
        return new UploadRequest(
                new Place(bucket, ""),
                3,
                Deletion.LATER,
                8,
                false,
                new Holder("me", name -> false),
                Optional.of(new CloudFront(distribution, "/", true, Duration.ofMinutes(1))));
    }

    private void write(String name, String content) throws IOException {
        Path file = dist.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private String text(String key) {
        return new String(
                clients.s3()
                        .getObjectAsBytes(get -> get.bucket(bucket).key("shop/" + key))
                        .asByteArray(),
                StandardCharsets.UTF_8);
    }

    private TreeSet<String> keys() {
        return clients.s3().listObjectsV2(list -> list.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .map(key -> key.replaceFirst("^shop/", ""))
                .filter(key -> !key.startsWith(".ecs/"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private S3Client watched(List<String> order) {
        return with(new ExecutionInterceptor() {
            @Override
            public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
                if (context.request() instanceof PutObjectRequest put) {
                    order.add(put.key());
                }
            }
        });
    }

    private S3Client refusing(String key) {
        return beforePut(key, () -> {
            throw SdkClientException.create("cut");
        });
    }

    /** As when Maven is killed: nothing is put back. */
    private S3Client dying(String key) {
        return beforePut(key, () -> {
            throw new AssertionError("killed");
        });
    }

    private S3Client beforePut(String key, Runnable fault) {
        return with(new ExecutionInterceptor() {
            @Override
            public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
                if (context.request() instanceof PutObjectRequest put
                        && put.key().equals(key)) {
                    fault.run();
                }
            }
        });
    }

    /** As stores that take no more than 1,000 for max-keys, where S3 only answers with no more. */
    private S3Client listing(List<Integer> asked) {
        return with(new ExecutionInterceptor() {
            @Override
            public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
                if (context.request() instanceof ListObjectsV2Request list) {
                    asked.add(list.maxKeys());
                    if (list.maxKeys() != null && list.maxKeys() > 1_000) {
                        throw S3Exception.builder()
                                .statusCode(400)
                                .message("max-keys must be between 1 and 1000")
                                .build();
                    }
                }
            }
        });
    }

    private S3Client with(ExecutionInterceptor interceptor) {
        return S3Client.builder()
                .endpointOverride(aws.endpoint())
                .forcePathStyle(true)
                .region(Region.of(LocalAws.REGION))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(LocalAws.ACCOUNT, "any")))
                .overrideConfiguration(sdk -> sdk.addExecutionInterceptor(interceptor))
                .build();
    }

    private UploadLog log() {
        return new UploadLog() {
            @Override
            public void ifInterrupted(String line) {
                told.add(line);
            }

            @Override
            public void planned(PlannedUpload plan) {
                told.add("plan " + plan.place() + " new " + plan.fresh() + " changed " + plan.changed() + " unchanged "
                        + plan.unchanged() + " deleted " + plan.deleted());
            }

            @Override
            public void progress(String what, long done, long total) {}

            @Override
            public void invalidating(String distribution, String invalidation, List<String> paths) {
                told.add("invalidating " + distribution + " " + paths);
            }

            @Override
            public void invalidated(String distribution, List<String> paths, Duration took) {
                told.add("invalidated " + distribution + " " + paths);
            }

            @Override
            public void detail(String text) {
                told.add(text);
            }

            @Override
            public void warning(String text) {
                told.add(text);
            }
        };
    }
}
