package io.github.ecsmaven.sandbox.s3;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.ecsmaven.sandbox.fault.Faults;
import io.github.ecsmaven.sandbox.fault.Trouble;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import io.github.ecsmaven.sandbox.wire.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** S3's REST API: {@code /bucket/key}, or the bucket as the host's first part. Signatures aren't checked. */
public final class S3 implements HttpHandler, Part {
    /** Tells a client of the sandbox where a bucket's website is. */
    public static final String SITE = "x-ecs-sandbox-site";

    private static final Logger LOG = Logger.getLogger(S3.class.getName());

    private final Path home;
    private final Caller owner;
    private final Clock clock;
    private final Faults faults;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
    private final Map<String, Website> sites = new ConcurrentHashMap<>();

    /** @param owner the account's own user, in the sandbox's region */
    public S3(Path home, Caller owner, Clock clock, Faults faults) {
        this.home = home.resolve("s3");
        this.owner = owner;
        this.clock = clock;
        this.faults = faults;
        try {
            Files.createDirectories(this.home);
            try (Stream<Path> folders = Files.list(this.home)) {
                for (Path folder : folders.filter(Files::isDirectory).toList()) {
                    open(String.valueOf(folder.getFileName()));
                }
            }
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        S3Call call = S3Call.of(exchange);
        try {
            Trouble trouble = faults.onCall("s3", call.action(), call.members(), owner);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(trouble.millis()));
            if (trouble.cut()) {
                exchange.close();
                return;
            }
            trouble.error().ifPresent(error -> {
                throw asS3(error);
            });
            answer(call);
        } catch (AwsError refused) {
            call.refuse(refused);
        } catch (RuntimeException broken) {
            LOG.log(Level.SEVERE, "The sandbox failed to answer S3's " + call.action(), broken);
            call.refuse(new AwsError("InternalError", 500, "The sandbox failed; its log says why."));
        }
    }

    /** S3 has names of its own for what every service refuses. */
    private static AwsError asS3(AwsError error) {
        return switch (error.code()) {
            case "AccessDeniedException" -> new AwsError("AccessDenied", 403, error.text());
            case "ThrottlingException" -> new AwsError("SlowDown", 503, "Please reduce your request rate.");
            default -> error;
        };
    }

    private void answer(S3Call call) throws IOException {
        switch (call.action()) {
            case "ListBuckets" -> call.xml("ListAllMyBucketsResult", listed());
            case "CreateBucket" -> {
                create(call.bucket());
                call.header("Location", "/" + call.bucket());
                call.empty(200);
            }
            case "HeadBucket" -> {
                Bucket bucket = bucket(call);
                call.header("x-amz-bucket-region", owner.region());
                call.header(SITE, site(bucket.name()));
                call.empty(200);
            }
            case "GetBucketLocation" -> {
                bucket(call);
                call.xml("LocationConstraint", owner.region().equals("us-east-1") ? "" : owner.region());
            }
            case "DeleteBucket" -> {
                remove(bucket(call));
                call.empty(204);
            }
            default -> new ObjectActions(bucket(call), this::bucket, clock).answer(call);
        }
    }

    private Bucket bucket(S3Call call) {
        return bucket(call.bucket());
    }

    private Bucket bucket(String name) {
        Bucket bucket = buckets.get(name);
        if (bucket == null) {
            throw new AwsError("NoSuchBucket", 404, "The specified bucket does not exist");
        }
        return bucket;
    }

    private String listed() {
        StringBuilder xml = new StringBuilder("<Buckets>");
        buckets.keySet().stream().sorted().forEach(name -> xml.append("<Bucket><Name>")
                .append(name)
                .append("</Name><CreationDate>2026-01-01T00:00:00.000Z</CreationDate></Bucket>"));
        return xml.append("</Buckets><Owner><ID>")
                .append(owner.account())
                .append("</ID></Owner>")
                .toString();
    }

    /** For the page: each bucket with the number and size of its objects, in bytes, and its website. */
    public ArrayNode overview() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        buckets.values().stream().sorted(Comparator.comparing(Bucket::name)).forEach(bucket -> all.addObject()
                .put("name", bucket.name())
                .put("objects", bucket.objects().size())
                .put(
                        "size",
                        bucket.objects().values().stream()
                                .mapToLong(StoredObject::size)
                                .sum())
                .put("site", site(bucket.name())));
        return all;
    }

    private String site(String bucket) {
        return Optional.ofNullable(sites.get(bucket)).map(Website::url).orElse("");
    }

    private synchronized void create(String name) throws IOException {
        if (!name.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]") || name.equals("admin")) {
            throw new AwsError("InvalidBucketName", 400, "The specified bucket is not valid.");
        }
        if (buckets.containsKey(name)) {
            throw new AwsError(
                    "BucketAlreadyOwnedByYou",
                    409,
                    "Your previous request to create the named bucket succeeded and you already own it.");
        }
        open(name);
    }

    private void open(String name) throws IOException {
        Bucket bucket = new Bucket(home.resolve(name));
        sites.put(name, Website.open(bucket, home.resolve(name + ".port")));
        buckets.put(name, bucket);
    }

    private synchronized void remove(Bucket bucket) throws IOException {
        if (!bucket.objects().isEmpty()) {
            throw new AwsError("BucketNotEmpty", 409, "The bucket you tried to delete is not empty");
        }
        buckets.remove(bucket.name());
        Optional.ofNullable(sites.remove(bucket.name())).ifPresent(Website::close);
        Files.deleteIfExists(home.resolve(bucket.name()));
        Files.deleteIfExists(home.resolve(bucket.name() + ".port"));
    }

    /** A website alone does not keep the sandbox awake: it comes back with it, on the same port. */
    @Override
    public boolean busy() {
        return false;
    }

    @Override
    public void stop(boolean forget) {
        close();
    }

    @Override
    public void close() {
        sites.values().forEach(Website::close);
    }
}
