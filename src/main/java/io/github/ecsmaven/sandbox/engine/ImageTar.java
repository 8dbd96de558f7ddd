package io.github.ecsmaven.sandbox.engine;

import io.github.ecsmaven.sandbox.ecr.StoredImages.Layer;
import io.github.ecsmaven.sandbox.ecr.StoredImages.StoredImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A stored image as {@code docker load} takes it: {@code manifest.json}, the configuration, and the layers as they are
 * (the engine unpacks them). It is streamed; a file is opened when its turn comes.
 */
final class ImageTar {
    private static final int BLOCK = 512;

    private ImageTar() {}

    static InputStream of(StoredImage image, String tag) {
        Set<Layer> layers = new LinkedHashSet<>(image.layers());
        List<Supplier<InputStream>> parts = new ArrayList<>();
        addBytes(parts, "manifest.json", manifest(image, tag).getBytes(StandardCharsets.UTF_8));
        addFile(parts, hex(image.config()) + ".json", image.configFile());
        layers.forEach(layer -> addFile(parts, name(layer), layer.file()));
        parts.add(() -> new ByteArrayInputStream(new byte[2 * BLOCK]));
        return new SequenceInputStream(inTurn(parts.iterator()));
    }

    private static Enumeration<InputStream> inTurn(Iterator<Supplier<InputStream>> parts) {
        return new Enumeration<>() {
            @Override
            public boolean hasMoreElements() {
                return parts.hasNext();
            }

            @Override
            public InputStream nextElement() {
                return parts.next().get();
            }
        };
    }

    private static String manifest(StoredImage image, String tag) {
        String layers =
                image.layers().stream().map(layer -> "\"" + name(layer) + "\"").collect(Collectors.joining(","));
        return "[{\"Config\":\"" + hex(image.config()) + ".json\",\"RepoTags\":[\"" + tag + "\"],\"Layers\":[" + layers
                + "]}]";
    }

    private static String name(Layer layer) {
        return hex(layer.digest()) + ".tar";
    }

    private static String hex(String digest) {
        return digest.substring(digest.indexOf(':') + 1);
    }

    private static void addBytes(List<Supplier<InputStream>> parts, String name, byte[] bytes) {
        addEntry(parts, name, bytes.length, () -> new ByteArrayInputStream(bytes));
    }

    private static void addFile(List<Supplier<InputStream>> parts, String name, Path file) {
        try {
            addEntry(parts, name, Files.size(file), () -> open(file));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static InputStream open(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static void addEntry(
            List<Supplier<InputStream>> parts, String name, long size, Supplier<InputStream> content) {
        parts.add(() -> new ByteArrayInputStream(header(name, size)));
        parts.add(content);
        int rest = (int) (size % BLOCK);
        parts.add(() -> new ByteArrayInputStream(new byte[rest == 0 ? 0 : BLOCK - rest]));
    }

    /** A ustar header of a plain file (POSIX.1-1988); sizes up to 8 GiB. */
    private static byte[] header(String name, long size) {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000644");
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, String.format(Locale.ROOT, "%011o", size));
        put(header, 136, "00000000000");
        Arrays.fill(header, 148, 156, (byte) ' ');
        header[156] = '0';
        put(header, 257, "ustar");
        put(header, 263, "00");
        int sum = 0;
        for (byte one : header) {
            sum += one & 0xff;
        }
        put(header, 148, String.format(Locale.ROOT, "%06o", sum));
        header[154] = 0;
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
