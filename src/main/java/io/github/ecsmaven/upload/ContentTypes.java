package io.github.ecsmaven.upload;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Content types by a file's extension, as IANA registers them and WHATWG's MIME Sniffing asks for; text says that it is UTF-8. */
final class ContentTypes {
    private static final String UTF_8 = "; charset=utf-8";
    private static final Map<String, String> TYPES = types();
    /** Compressed in themselves, or too seldom worth it. */
    private static final Set<String> TEXT = Set.of(
            "application/json",
            "application/ld+json",
            "application/geo+json",
            "application/manifest+json",
            "application/xml",
            "application/xhtml+xml",
            "application/rss+xml",
            "application/atom+xml",
            "application/wasm",
            "image/svg+xml",
            "image/x-icon",
            "font/ttf",
            "font/otf",
            "application/vnd.ms-fontobject");

    private ContentTypes() {}

    /** @return {@code application/octet-stream} for what is not known */
    static String of(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        if (dot < 0) {
            return key.contains(".well-known/") ? "application/json" : "application/octet-stream";
        }
        return TYPES.getOrDefault(name.substring(dot + 1), "application/octet-stream");
    }

    /** Whether gzip makes it smaller, most probably. */
    static boolean isCompressible(String contentType) {
        String type = contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        return type.startsWith("text/") || TEXT.contains(type);
    }

    private static Map<String, String> types() {
        Map<String, String> types = new HashMap<>();
        text(types, "text/html", "html", "htm");
        text(types, "application/xhtml+xml", "xhtml");
        text(types, "text/javascript", "js", "mjs", "cjs");
        text(types, "text/css", "css");
        text(types, "text/plain", "txt", "text", "log");
        text(types, "text/csv", "csv");
        text(types, "text/markdown", "md");
        text(types, "text/calendar", "ics");
        text(types, "text/vtt", "vtt");
        text(types, "text/vcard", "vcf");
        text(types, "application/xml", "xml", "xsl");
        text(types, "application/rss+xml", "rss");
        text(types, "application/atom+xml", "atom");
        text(types, "image/svg+xml", "svg");
        // RFC 8259: JSON is UTF-8 and has no charset parameter; browsers that are old ask for it all the same.
        text(types, "application/json", "json", "map");
        text(types, "application/manifest+json", "webmanifest");
        text(types, "application/ld+json", "jsonld");
        text(types, "application/geo+json", "geojson");
        types.put("wasm", "application/wasm");
        types.put("pdf", "application/pdf");
        types.put("zip", "application/zip");
        types.put("gz", "application/gzip");
        types.put("tgz", "application/gzip");
        types.put("br", "application/octet-stream");
        types.put("png", "image/png");
        types.put("apng", "image/apng");
        types.put("jpg", "image/jpeg");
        types.put("jpeg", "image/jpeg");
        types.put("gif", "image/gif");
        types.put("webp", "image/webp");
        types.put("avif", "image/avif");
        types.put("bmp", "image/bmp");
        types.put("tif", "image/tiff");
        types.put("tiff", "image/tiff");
        types.put("ico", "image/x-icon");
        types.put("woff", "font/woff");
        types.put("woff2", "font/woff2");
        types.put("ttf", "font/ttf");
        types.put("otf", "font/otf");
        types.put("eot", "application/vnd.ms-fontobject");
        types.put("mp4", "video/mp4");
        types.put("m4v", "video/mp4");
        types.put("webm", "video/webm");
        types.put("mov", "video/quicktime");
        types.put("ogv", "video/ogg");
        types.put("mp3", "audio/mpeg");
        types.put("m4a", "audio/mp4");
        types.put("ogg", "audio/ogg");
        types.put("oga", "audio/ogg");
        types.put("wav", "audio/wav");
        types.put("flac", "audio/flac");
        types.put("glb", "model/gltf-binary");
        types.put("gltf", "model/gltf+json");
        return Map.copyOf(types);
    }

    private static void text(Map<String, String> types, String type, String... extensions) {
        for (String extension : extensions) {
            types.put(extension, type + UTF_8);
        }
    }
}
