package io.github.ecsmaven.sandbox.s3;

import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.XmlText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** What is done with the objects of a bucket. */
final class ObjectActions {
    private static final List<String> KEPT = List.of(
            "Content-Type",
            "Cache-Control",
            "Content-Encoding",
            "Content-Disposition",
            "Content-Language",
            "x-amz-website-redirect-location");
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
    private static final int MOST_LISTED = 1_000;

    private final Bucket bucket;
    private final Function<String, Bucket> others;
    private final Clock clock;

    ObjectActions(Bucket bucket, Function<String, Bucket> others, Clock clock) {
        this.bucket = bucket;
        this.others = others;
        this.clock = clock;
    }

    void answer(S3Call call) throws IOException {
        Optional<String> unknown = call.unknownPart();
        if (unknown.isPresent()) {
            throw notCovered(call.action() + " with " + unknown.get());
        }
        switch (call.action()) {
            case "ListObjectsV2" -> list(call);
            case "PutObject" -> put(call);
            case "CopyObject" -> copy(call);
            case "GetObject", "HeadObject" -> get(call);
            case "DeleteObject" -> {
                bucket.delete(call.key());
                call.empty(204);
            }
            case "DeleteObjects" -> deleteAll(call);
            default -> throw notCovered(call.action());
        }
    }

    private static AwsError notCovered(String what) {
        return new AwsError("NotImplemented", 501, "The ecs-maven-plugin sandbox does not cover " + what + " of S3.");
    }

    private void put(S3Call call) throws IOException {
        byte[] body = call.body();
        call.header("x-amz-checksum-sha256")
                .filter(sum -> !sum.equals(Base64.getEncoder().encodeToString(Bucket.digest("SHA-256", body))))
                .ifPresent(wrong -> {
                    throw new AwsError(
                            "BadDigest", 400, "The SHA256 you specified did not match the calculated checksum.");
                });
        Map<String, String> headers = headers(call);
        StoredObject object = object(call.key(), body, headers);
        bucket.put(
                object,
                body,
                call.header("If-Match").orElse(null),
                call.header("If-None-Match").filter("*"::equals).isPresent());
        call.header("ETag", object.etag());
        call.empty(200);
    }

    private static Map<String, String> headers(S3Call call) {
        Map<String, String> headers = new LinkedHashMap<>(call.metadata());
        KEPT.forEach(name -> call.header(name)
                .map(value -> name.equals("Content-Encoding") ? value.replaceAll("aws-chunked,?\\s*", "") : value)
                .filter(value -> !value.isEmpty())
                .ifPresent(value -> headers.put(name, value)));
        headers.putIfAbsent("Content-Type", "binary/octet-stream");
        return headers;
    }

    private StoredObject object(String key, byte[] bytes, Map<String, String> headers) {
        return new StoredObject(key, '"' + Bucket.hex("MD5", bytes) + '"', bytes.length, clock.millis(), headers);
    }

    private void copy(S3Call call) throws IOException {
        String source = URLDecoder.decode(
                        call.header("x-amz-copy-source").orElse("").replace("+", "%2B"), StandardCharsets.UTF_8)
                .replaceFirst("^/", "");
        int slash = source.indexOf('/');
        if (slash < 0) {
            throw new AwsError("InvalidArgument", 400, "Copy Source must mention the source bucket and key");
        }
        Bucket from = others.apply(source.substring(0, slash));
        StoredObject old = found(from, source.substring(slash + 1));
        call.header("x-amz-copy-source-if-match")
                .filter(etag -> !etag.replace("\"", "").equals(old.etag().replace("\"", "")))
                .ifPresent(other -> {
                    throw new AwsError(
                            "PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold");
                });
        boolean replaced = call.header("x-amz-metadata-directive")
                .filter("REPLACE"::equals)
                .isPresent();
        byte[] bytes = from.bytes(old);
        StoredObject object = object(call.key(), bytes, replaced ? headers(call) : old.headers());
        bucket.put(object, bytes, null, false);
        call.xml(
                "CopyObjectResult",
                "<LastModified>" + Instant.ofEpochMilli(object.modified()) + "</LastModified><ETag>"
                        + XmlText.escape(object.etag()) + "</ETag>");
    }

    private static StoredObject found(Bucket bucket, String key) {
        return bucket.find(key).orElseThrow(() -> new AwsError("NoSuchKey", 404, "The specified key does not exist."));
    }

    private void get(S3Call call) throws IOException {
        StoredObject object = found(bucket, call.key());
        object.headers().forEach(call::header);
        call.header("ETag", object.etag());
        call.header("Accept-Ranges", "bytes");
        call.header(
                "Last-Modified",
                DateTimeFormatter.RFC_1123_DATE_TIME
                        .withLocale(Locale.ROOT)
                        .format(Instant.ofEpochMilli(object.modified()).atOffset(ZoneOffset.UTC))
                        .replace("Z", "GMT"));
        if (call.action().equals("HeadObject")) {
            call.head(object.size());
            return;
        }
        byte[] bytes = bucket.bytes(object);
        Matcher range = RANGE.matcher(call.header("Range").orElse(""));
        if (!range.matches()) {
            call.bytes(200, bytes);
            return;
        }
        long from = Long.parseLong(range.group(1));
        long to = range.group(2).isEmpty()
                ? bytes.length - 1L
                : Math.min(bytes.length - 1L, Long.parseLong(range.group(2)));
        if (from > to) {
            throw new AwsError("InvalidRange", 416, "The requested range is not satisfiable");
        }
        call.header("Content-Range", "bytes " + from + "-" + to + "/" + bytes.length);
        call.bytes(206, Arrays.copyOfRange(bytes, (int) from, (int) to + 1));
    }

    private void list(S3Call call) throws IOException {
        String prefix = call.asked("prefix").orElse("");
        String delimiter = call.asked("delimiter").orElse("");
        int most = Math.min(MOST_LISTED, Integer.parseInt(call.asked("max-keys").orElse("1000")));
        String after = call.asked("continuation-token")
                .or(() -> call.asked("start-after"))
                .orElse("");
        boolean url = call.asked("encoding-type").filter("url"::equals).isPresent();
        StringBuilder contents = new StringBuilder();
        TreeSet<String> folders = new TreeSet<>();
        String last = "";
        boolean more = false;
        int count = 0;
        for (StoredObject object : bucket.objects()
                .tailMap(after.compareTo(prefix) < 0 ? prefix : after, after.compareTo(prefix) < 0)
                .values()) {
            if (!object.key().startsWith(prefix)) {
                break;
            }
            int end = delimiter.isEmpty() ? -1 : object.key().indexOf(delimiter, prefix.length());
            String folder = end < 0 ? "" : object.key().substring(0, end + delimiter.length());
            if (!folder.isEmpty() && (folders.contains(folder) || after.startsWith(folder))) {
                last = object.key();
                continue;
            }
            if (count == most) {
                more = true;
                break;
            }
            if (folder.isEmpty()) {
                contents.append(entry(object, url));
            } else {
                folders.add(folder);
            }
            last = object.key();
            count++;
        }
        StringBuilder xml = new StringBuilder();
        xml.append("<Name>").append(bucket.name()).append("</Name><Prefix>").append(key(prefix, url));
        xml.append("</Prefix><KeyCount>")
                .append(count)
                .append("</KeyCount><MaxKeys>")
                .append(most);
        xml.append("</MaxKeys><IsTruncated>").append(more).append("</IsTruncated>");
        xml.append(url ? "<EncodingType>url</EncodingType>" : "");
        xml.append(more ? "<NextContinuationToken>" + XmlText.escape(last) + "</NextContinuationToken>" : "");
        xml.append(contents);
        folders.forEach(folder ->
                xml.append("<CommonPrefixes><Prefix>").append(key(folder, url)).append("</Prefix></CommonPrefixes>"));
        call.xml("ListBucketResult", xml.toString());
    }

    private static String entry(StoredObject object, boolean url) {
        return "<Contents><Key>" + key(object.key(), url) + "</Key><LastModified>"
                + Instant.ofEpochMilli(object.modified()) + "</LastModified><ETag>" + XmlText.escape(object.etag())
                + "</ETag><Size>" + object.size() + "</Size><StorageClass>STANDARD</StorageClass></Contents>";
    }

    private static String key(String key, boolean url) {
        return url ? URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/") : XmlText.escape(key);
    }

    private void deleteAll(S3Call call) throws IOException {
        List<String> keys = keys(call.body());
        StringBuilder deleted = new StringBuilder();
        for (String key : keys) {
            bucket.delete(key);
            deleted.append("<Deleted><Key>").append(XmlText.escape(key)).append("</Key></Deleted>");
        }
        call.xml("DeleteResult", deleted.toString());
    }

    private static List<String> keys(byte[] body) {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        List<String> keys = new ArrayList<>();
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(body));
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamReader.START_ELEMENT
                        && xml.getLocalName().equals("Key")) {
                    keys.add(xml.getElementText());
                }
            }
        } catch (XMLStreamException broken) {
            throw new AwsError(
                    "MalformedXML",
                    400,
                    "The XML you provided was not well-formed or did not validate against our published schema");
        }
        return keys;
    }
}
