package io.github.ecsmaven.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Images with {@link TestApp}, made without a build, as their base has no shell. */
public final class TestImage {
    private static final String BASE = "ecs-maven-plugin/java:17";

    private TestImage() {}

    /**
     * @param scratch a folder of the test
     * @param changes to the image, as {@code docker commit} takes them: {@code EXPOSE 8080}
     */
    public static void make(Path scratch, String image, String... changes) throws IOException {
        Path folder = scratch.resolve("app/io/github/ecsmaven/container");
        Path file = folder.resolve("TestApp.class");
        if (!Files.exists(file)) {
            Files.createDirectories(folder);
            Files.copy(Path.of("target/test-classes/io/github/ecsmaven/container/TestApp.class"), file);
        }
        String id = TestEngine.docker("create", BASE, "x");
        TestEngine.docker("cp", scratch.resolve("app").toString(), id + ":/app");
        List<String> commit = new ArrayList<>(List.of(
                "commit",
                "-c",
                "ENTRYPOINT [\"/opt/java/bin/java\",\"-XX:TieredStopAtLevel=1\",\"-Dfile.encoding=UTF-8\","
                        + "\"-Dsun.stdout.encoding=UTF-8\",\"-cp\",\"/app\",\"" + TestApp.class.getName() + "\"]"));
        for (String change : changes) {
            commit.addAll(List.of("-c", change));
        }
        commit.addAll(List.of(id, image));
        TestEngine.docker(commit.toArray(String[]::new));
        TestEngine.docker("rm", "-f", id);
    }

    public static void remove(String image) {
        TestEngine.docker("rmi", "-f", image);
    }
}
