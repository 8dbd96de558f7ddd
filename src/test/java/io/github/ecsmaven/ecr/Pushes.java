package io.github.ecsmaven.ecr;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.ImageTool;
import io.github.ecsmaven.ecr.PushRequest.Tested;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Small images to push, and what a push told. */
final class Pushes implements PushLog {
    /** As ECR makes one when it is told nothing. */
    static final NewRepository PLAIN = new NewRepository(false, false, Optional.empty(), Optional.empty(), Map.of());

    final List<String> told = new ArrayList<>();
    private final Path folder;
    private long progress;

    Pushes(Path folder) {
        this.folder = folder;
    }

    /** An image of one file. */
    JibContainerBuilder image(String text) throws IOException {
        Path file = Files.writeString(folder.resolve(text.hashCode() + ".txt"), text);
        return Jib.fromScratch()
                .addLayer(List.of(file), AbsoluteUnixPath.get("/"))
                .setEntrypoint("/hello");
    }

    Digest digest(JibContainerBuilder image) throws Exception {
        Path tar = folder.resolve("digest.tar");
        return new Digest(image.containerize(Containerizer.to(TarImage.at(tar).named("any"))
                        .setToolName(ImageTool.NAME)
                        .setToolVersion(ImageTool.VERSION)
                        .setBaseImageLayersCache(folder.resolve("base"))
                        .setApplicationLayersCache(folder.resolve("cache")))
                .getDigest()
                .toString());
    }

    PushRequest ecr(JibContainerBuilder image, Digest tested, String repository, String... tags) {
        return request(one(image, tested), repository, Optional.empty(), false, tags);
    }

    PushRequest creating(JibContainerBuilder image, Digest tested, String repository, String... tags) {
        return request(one(image, tested), repository, Optional.empty(), true, tags);
    }

    /** To ECR under another host. */
    PushRequest through(String registry, JibContainerBuilder image, Digest tested, String repository) {
        return new PushRequest(
                one(image, tested),
                repository,
                Optional.of(registry),
                Optional.empty(),
                List.of(ImageTag.literal("1.0")),
                Optional.of(PLAIN),
                Optional.empty(),
                false,
                folder.resolve("base"),
                folder.resolve("cache"));
    }

    PushRequest named(JibContainerBuilder image, Digest tested, String fullName, String... tags) {
        return request(one(image, tested), "unused", Optional.of(fullName), false, tags);
    }

    PushRequest named(Tested tested, String fullName, String... tags) {
        return request(tested, "unused", Optional.of(fullName), false, tags);
    }

    private static Tested one(JibContainerBuilder image, Digest tested) {
        return new Tested(tested, List.of(new PushRequest.Image(tested, image)), Optional.empty());
    }

    private PushRequest request(
            Tested tested, String repository, Optional<String> fullName, boolean create, String... tags) {
        return request(
                tested, repository, fullName, create ? Optional.of(PLAIN) : Optional.empty(), Optional.empty(), tags);
    }

    PushRequest creating(
            JibContainerBuilder image, Digest tested, String repository, NewRepository create, String... tags) {
        return request(one(image, tested), repository, Optional.empty(), Optional.of(create), Optional.empty(), tags);
    }

    PushRequest gated(
            JibContainerBuilder image,
            Digest tested,
            String repository,
            NewRepository create,
            ScanGate gate,
            String... tags) {
        return request(one(image, tested), repository, Optional.empty(), Optional.of(create), Optional.of(gate), tags);
    }

    private PushRequest request(
            Tested tested,
            String repository,
            Optional<String> fullName,
            Optional<NewRepository> create,
            Optional<ScanGate> scan,
            String... tags) {
        return new PushRequest(
                tested,
                repository,
                Optional.empty(),
                fullName,
                Stream.of(tags).map(ImageTag::literal).toList(),
                create,
                scan,
                false,
                folder.resolve("base"),
                folder.resolve("cache"));
    }

    long progress() {
        return progress;
    }

    @Override
    public void detail(String text) {}

    @Override
    public void warning(String text) {
        told.add(text);
    }

    @Override
    public void repositoryCreated(String repositoryUri) {
        told.add("created " + repositoryUri);
    }

    @Override
    public void scanning(String why) {
        told.add("scanning " + why);
    }

    @Override
    public void scanned(String counts, Severity failOn) {
        told.add("scanned " + counts);
    }

    @Override
    public void progress(long sent, long total) {
        progress = sent;
    }
}
