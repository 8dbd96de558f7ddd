package io.github.ecsmaven.upload;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What CloudFront is asked to forget, as paths of its own. */
final class InvalidationPaths {
    /** Beyond, one with a star at its end: CloudFront counts it as one, and lets 3,000 single ones be under way. */
    static final int MOST = 30;

    private static final String INDEX = "index.html";

    private InvalidationPaths() {}

    /**
     * @param base path of the directory on the distribution, with slashes at both ends
     * @param keys of files, and whole paths of an earlier time that begin with a slash
     */
    static List<String> of(String base, Collection<String> keys) {
        Set<String> paths = new TreeSet<>();
        for (String key : keys) {
            if (key.startsWith("/")) {
                paths.add(key);
                continue;
            }
            paths.add(base + escaped(key));
            if (key.equals(INDEX) || key.endsWith("/" + INDEX)) {
                // As visitors write it; a function of the distribution may make the index of it.
                String folder = base + escaped(key.substring(0, key.length() - INDEX.length()));
                paths.add(folder);
                if (folder.length() > 1) {
                    paths.add(folder.substring(0, folder.length() - 1));
                }
            }
        }
        return paths.size() > MOST || paths.contains(base + "*") ? List.of(base + "*") : List.copyOf(paths);
    }

    /** RFC 3986: what is neither unreserved nor a slash; as a browser asks for it, so CloudFront knows it. */
    private static String escaped(String key) {
        StringBuilder path = new StringBuilder();
        for (byte one : key.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (one & 0xff);
            boolean plain =
                    letter < 0x80 && (Character.isLetterOrDigit(letter) || "-._~/!$&'()+,;=:@".indexOf(letter) >= 0);
            path.append(plain ? String.valueOf(letter) : String.format("%%%02X", (int) letter));
        }
        return path.toString();
    }
}
