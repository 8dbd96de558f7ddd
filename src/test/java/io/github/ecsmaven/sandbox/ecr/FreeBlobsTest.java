package io.github.ecsmaven.sandbox.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.VirtualClock;
import io.github.ecsmaven.sandbox.wire.Caller;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A push between the steps of a collection. */
class FreeBlobsTest {
    private static final byte[] BYTES = "{}".getBytes(StandardCharsets.UTF_8);
    private static final String CONFIG = Blobs.digest(BYTES);
    private static final String NAME = "orders";

    @TempDir
    Path home;

    private final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-23T12:00:00Z"));
    private Blobs blobs;
    private Repositories repositories;
    private StoreImage store;
    private FreeBlobs free;

    @BeforeEach
    void storeABlobThatNobodyAsksForLong() {
        Refusal refusal = new Refusal(new Owners(new Caller("123456789012", "us-east-1")));
        blobs = new Blobs(home, clock);
        repositories = new Repositories(home, refusal);
        store = new StoreImage(repositories, blobs, refusal, clock);
        free = new FreeBlobs(repositories, blobs);
        repositories.create(new Repository(
                NAME, 0, "MUTABLE", false, Map.of(), Map.of(), Map.of(), Set.of(), Repository.Settings.PLAIN));
        upload();
        clock.moveOn(Blobs.CLAIM.plusSeconds(1));
    }

    @Test
    void runWhenNobodyAsksDeletesAndForgets() {
        free.run();

        assertThat(blobs.claim(CONFIG)).isFalse();
        assertThat(repositories.get(NAME).blobs()).isEmpty();
    }

    @Test
    void deleteWhenAPushHasAskedMeanwhileLeavesItWhatItWasTold() {
        Set<String> unused = free.unused();
        assertThat(unused).containsExactly(CONFIG);
        assertThat(blobs.claim(CONFIG)).as("is it there?").isTrue();

        free.forget(blobs.deleteUnclaimed(unused));

        putManifest();
    }

    @Test
    void deleteWhenAPushHasSentItAnewMeanwhileLeavesIt() {
        Set<String> unused = free.unused();
        upload();

        free.forget(blobs.deleteUnclaimed(unused));

        putManifest();
    }

    @Test
    void forgetWhenAPushHasSentItAnewMeanwhileLeavesItListed() {
        Set<String> deleted = blobs.deleteUnclaimed(free.unused());
        assertThat(deleted).containsExactly(CONFIG);
        upload();

        free.forget(deleted);

        putManifest();
    }

    /** As an upload ends: the bytes first, then the repository's list. */
    private void upload() {
        blobs.keep(BYTES, CONFIG);
        repositories.change(NAME, repository -> repository.withBlob(CONFIG));
    }

    private void putManifest() {
        String manifest = "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":{\"digest\":\""
                + CONFIG + "\"},\"layers\":[]}";
        store.run(NAME, manifest.getBytes(StandardCharsets.UTF_8), "", null, "1.0", true);
        assertThat(blobs.bytes(CONFIG)).isEqualTo(BYTES);
    }
}
