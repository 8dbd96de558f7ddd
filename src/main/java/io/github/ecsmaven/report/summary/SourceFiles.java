package io.github.ecsmaven.report.summary;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The files of a build as GitHub knows them.
 *
 * @param prefix of the project's top folder below the repository's, with a slash at its end; empty for the repository's own. Absent when
 *     the project lies outside
 * @param blobs address of the repository's files at the commit, with a slash at its end; absent when GitHub doesn't tell
 */
public record SourceFiles(Optional<String> prefix, Optional<String> blobs) {
    /** @param top folder of the project */
    public static SourceFiles of(Map<String, String> environment, Path top) {
        return new SourceFiles(prefix(environment.getOrDefault("GITHUB_WORKSPACE", ""), top), blobs(environment));
    }

    private static Optional<String> prefix(String workspace, Path top) {
        try {
            if (workspace.isBlank() || !top.startsWith(Path.of(workspace).normalize())) {
                return Optional.empty();
            }
            String below =
                    Path.of(workspace).normalize().relativize(top).toString().replace('\\', '/');
            return Optional.of(below.isEmpty() ? "" : below + "/");
        } catch (InvalidPathException noPath) {
            return Optional.empty();
        }
    }

    private static Optional<String> blobs(Map<String, String> environment) {
        String server = environment.getOrDefault("GITHUB_SERVER_URL", "");
        String repository = environment.getOrDefault("GITHUB_REPOSITORY", "");
        String commit = environment.getOrDefault("GITHUB_SHA", "");
        return server.isBlank() || repository.isBlank() || commit.isBlank()
                ? Optional.empty()
                : Optional.of(server + "/" + repository + "/blob/" + commit + "/");
    }

    /**
     * The file below the repository's folder; absent when it lies elsewhere.
     *
     * @param file below the project's top folder
     */
    Optional<String> below(String file) {
        boolean absolute = file.startsWith("/") || file.matches("[A-Za-z]:.*");
        return prefix.filter(known -> !absolute).map(known -> known + file);
    }

    /** The page of the line. */
    Optional<String> page(String file, int line) {
        return below(file)
                .flatMap(path -> blobs.map(address -> address
                        + Arrays.stream(path.split("/"))
                                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8)
                                        .replace("+", "%20"))
                                .collect(Collectors.joining("/"))
                        + "#L" + line));
    }
}
