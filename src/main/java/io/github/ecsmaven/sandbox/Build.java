package io.github.ecsmaven.sandbox;

import java.io.File;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which build of the plugin a process runs: what tells an older one from a newer one, without reading the jar.
 *
 * @param version of the plugin, or empty while it is developed
 * @param modified when the newest jar of the class path was written, epoch milliseconds
 */
record Build(String version, long modified) {
    /** Of a state file that says nothing: older than every other. */
    static final Build UNKNOWN = new Build("", 0);

    /** The build of a class path. Directories don't count: their times don't change with the files below. */
    static Build of(String classPath) {
        String version = Build.class.getPackage().getImplementationVersion();
        long modified = Stream.of(classPath.split(Pattern.quote(File.pathSeparator)))
                .map(entry -> Path.of(entry).toFile())
                .filter(File::isFile)
                .mapToLong(File::lastModified)
                .max()
                .orElse(0);
        return new Build(version == null ? "" : version, modified);
    }

    /** By version where both have one, then by time; so of two builds never each is older than the other. */
    boolean isOlderThan(Build other) {
        int order = compareVersions(other);
        return order == 0 ? modified < other.modified : order < 0;
    }

    private int compareVersions(Build other) {
        if (version.isEmpty() || other.version.isEmpty()) {
            return 0;
        }
        try {
            return Version.parse(version).compareTo(Version.parse(other.version));
        } catch (IllegalArgumentException notNumbered) {
            return 0;
        }
    }
}
