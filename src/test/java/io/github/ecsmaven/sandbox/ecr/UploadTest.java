package io.github.ecsmaven.sandbox.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadTest {
    @TempDir
    Path home;

    @Test
    void appendWhenThePartBreaksOffKeepsNothingOfIt() throws IOException {
        Upload upload = new Upload("orders", Files.createFile(home.resolve("upload")), Clock.systemUTC());
        upload.append(stream("ab"));
        InputStream broken = new SequenceInputStream(stream("xyz"), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("cut");
            }
        });

        assertThatThrownBy(() -> upload.append(broken)).hasMessage("cut");
        upload.append(stream("c"));

        assertThat(upload.size()).isEqualTo(3);
        assertThat(upload.file()).hasContent("abc");
        assertThat(upload.digest()).isEqualTo(Blobs.digest("abc".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void storeWhenTheDigestDiffersStoresNothing() {
        Refusal refusal = new Refusal(new Owners(new Caller("123456789012", "us-east-1")));
        Blobs blobs = new Blobs(home, Clock.systemUTC());
        Repositories repositories = new Repositories(home, refusal);
        repositories.create(new Repository(
                "orders", 0, "MUTABLE", false, Map.of(), Map.of(), Map.of(), Set.of(), Repository.Settings.PLAIN));
        StoreImage store = new StoreImage(repositories, blobs, refusal, Clock.systemUTC());
        String wrong = "sha256:" + "0".repeat(64);
        byte[] index = "{\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[]}"
                .getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> store.run("orders", index, "", wrong, null, true))
                .isInstanceOf(AwsError.class)
                .hasMessage(
                        "The image with digest '" + wrong
                                + "' in repository 'orders' and registry ID '123456789012' does not match the image digest that Amazon ECR has calculated.");
        assertThat(blobs.claim(Blobs.digest(index))).isFalse();
        assertThat(repositories.get("orders").images()).isEmpty();
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
