package io.github.ecsmaven.upload;

import io.github.ecsmaven.Problem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.regex.PatternSyntaxException;

/** Files by a glob, {@code *.html} in any folder, {@code assets/**} from the directory's top. */
public final class KeyPattern {
    private final PathMatcher matcher;
    private final boolean byName;

    private KeyPattern(PathMatcher matcher, boolean byName) {
        this.matcher = matcher;
        this.byName = byName;
    }

    /**
     * @param property for the error
     * @throws Problem when it is no glob
     */
    public static KeyPattern of(String property, String glob) {
        try {
            String text = glob.startsWith("/") ? glob.substring(1) : glob;
            return new KeyPattern(FileSystems.getDefault().getPathMatcher("glob:" + text), !glob.contains("/"));
        } catch (PatternSyntaxException broken) {
            throw Problem.ofProject(
                    "'" + glob + "' is not a pattern of files (" + property + "): " + broken.getDescription() + ".",
                    "write a glob such as *.html or assets/**.");
        }
    }

    /** @param key relative, with {@code /} */
    boolean matches(String key) {
        Path path = Path.of(key);
        Path name = path.getFileName();
        return matcher.matches(byName && name != null ? name : path);
    }
}
