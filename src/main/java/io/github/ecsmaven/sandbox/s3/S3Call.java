package io.github.ecsmaven.sandbox.s3;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Json;
import io.github.ecsmaven.sandbox.wire.XmlText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request: which action on what, and its answer. */
final class S3Call {
    private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";
    private static final int LARGEST = 512 << 20;

    private final HttpExchange exchange;
    private final String bucket;
    private final String key;
    private final Map<String, String> query;

    private S3Call(HttpExchange exchange, String bucket, String key, Map<String, String> query) {
        this.exchange = exchange;
        this.bucket = bucket;
        this.key = key;
        this.query = query;
    }

    static S3Call of(HttpExchange exchange) {
        String path = exchange.getRequestURI().getRawPath().substring(1);
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        String host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"))
                .replaceFirst(":\\d+$", "")
                .toLowerCase(Locale.ROOT);
        if (host.endsWith(".localhost")) {
            String name =
                    host.substring(0, host.length() - ".localhost".length()).replaceFirst("\\.s3$", "");
            return new S3Call(exchange, name, decode(path), query);
        }
        int slash = path.indexOf('/');
        return slash < 0
                ? new S3Call(exchange, decode(path), "", query)
                : new S3Call(exchange, decode(path.substring(0, slash)), decode(path.substring(slash + 1)), query);
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : (raw == null ? "" : raw).split("&")) {
            int at = pair.indexOf('=');
            if (!pair.isEmpty()) {
                values.put(at < 0 ? pair : pair.substring(0, at), at < 0 ? "" : decode(pair.substring(at + 1)));
            }
        }
        return values;
    }

    /** A plus sign is one in a path; clients write a space as %20 in both places. */
    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** As in permissions and in the API reference. */
    String action() {
        String method = exchange.getRequestMethod();
        if (bucket.isEmpty()) {
            return "ListBuckets";
        }
        if (!key.isEmpty()) {
            return switch (method) {
                case "GET" -> "GetObject";
                case "HEAD" -> "HeadObject";
                case "DELETE" -> "DeleteObject";
                case "PUT" -> header("x-amz-copy-source").isPresent() ? "CopyObject" : "PutObject";
                default -> method;
            };
        }
        return switch (method) {
            case "GET" -> query.containsKey("location") ? "GetBucketLocation" : "ListObjectsV2";
            case "HEAD" -> "HeadBucket";
            case "DELETE" -> "DeleteBucket";
            case "PUT" -> "CreateBucket";
            case "POST" -> query.containsKey("delete") ? "DeleteObjects" : method;
            default -> method;
        };
    }

    ObjectNode members() {
        return Json.object().put("Bucket", bucket).put("Key", key);
    }

    String bucket() {
        return bucket;
    }

    String key() {
        return key;
    }

    Optional<String> asked(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** Whether the address names a part of a bucket or object that the sandbox doesn't have. */
    Optional<String> unknownPart() {
        return query.keySet().stream()
                .filter(
                        name -> name.matches(
                                "uploads|uploadId|acl|policy|tagging|versioning|versions|versionId|website|cors|lifecycle|encryption"))
                .findFirst();
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    Map<String, String> metadata() {
        Map<String, String> kept = new LinkedHashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith("x-amz-meta-")) {
                kept.put(name.toLowerCase(Locale.ROOT), values.get(0));
            }
        });
        return kept;
    }

    byte[] body() throws IOException {
        byte[] sent = exchange.getRequestBody().readNBytes(LARGEST + 1);
        if (sent.length > LARGEST) {
            throw new AwsError(
                    "EntityTooLarge", 400, "Your proposed upload exceeds what the ecs-maven-plugin sandbox takes.");
        }
        boolean chunked = header("x-amz-content-sha256").orElse("").startsWith("STREAMING-");
        return chunked ? withoutChunks(sent) : sent;
    }

    /** {@code aws-chunked}: {@code size[;chunk-signature=…]\r\n bytes \r\n}, the last of size 0, then trailers. */
    private static byte[] withoutChunks(byte[] sent) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream(sent.length);
        int at = 0;
        while (at < sent.length) {
            int end = at;
            while (end < sent.length && sent[end] != '\r') {
                end++;
            }
            String line = new String(sent, at, end - at, StandardCharsets.US_ASCII);
            int size = Integer.parseInt(line.split(";", 2)[0].trim(), 16);
            if (size == 0) {
                break;
            }
            plain.write(sent, end + 2, size);
            at = end + 2 + size + 2;
        }
        return plain.toByteArray();
    }

    void header(String name, String value) {
        exchange.getResponseHeaders().set(name, value);
    }

    void empty(int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
    }

    /** Of HEAD: as long as the object is, without its bytes. */
    void head(long size) throws IOException {
        header("Content-Length", String.valueOf(size));
        exchange.sendResponseHeaders(200, -1);
    }

    void bytes(int status, byte[] bytes) throws IOException {
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    /** @param content elements, escaped */
    void xml(String root, String content) throws IOException {
        header("Content-Type", "application/xml");
        String text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" + root + " xmlns=\"" + NAMESPACE + "\">" + content
                + "</" + root + ">";
        bytes(200, text.getBytes(StandardCharsets.UTF_8));
    }

    void refuse(AwsError error) throws IOException {
        header("Content-Type", "application/xml");
        if (exchange.getRequestMethod().equals("HEAD")) {
            empty(error.status());
            return;
        }
        String text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + XmlText.escape(error.code())
                + "</Code><Message>" + XmlText.escape(error.text()) + "</Message><BucketName>" + XmlText.escape(bucket)
                + "</BucketName><Key>" + XmlText.escape(key) + "</Key></Error>";
        bytes(error.status(), text.getBytes(StandardCharsets.UTF_8));
    }
}
