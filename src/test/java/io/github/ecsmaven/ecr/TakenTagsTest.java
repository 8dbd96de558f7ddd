package io.github.ecsmaven.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.Digest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TakenTagsTest {
    @ParameterizedTest(name = "{1} = {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "1.4.0                | {version}                | raise the project's version, or",
                "1.4.0                | 1.4.0                    | a tag that stays the same in each build has to move",
                "1.4.0-SNAPSHOT       | {version}                | a SNAPSHOT's tag has to move",
                "main-1.4.0-SNAPSHOT  | {branch}-{version}       | a SNAPSHOT's tag has to move",
                "1.4.0-SNAPSHOT-0a1b  | {version}-{commit:4}     | this commit gave another image before",
                "git-0a1b2c3d4e5f     | git-{commit:12}          | commit what has changed",
                "0a1b2c               | {commit}                 | this commit gave another image before",
                "main                 | {branch}                 | a tag that stays the same for a branch has to move",
                "main-1.4.0           | {branch}-{version}       | raise the project's version, or",
                "main-42              | {branch}-{build}         | start a new build instead",
                "0a1b-42              | {commit:4}-{build}       | start a new build instead",
                "20261126             | {date:yyyyMMdd}          | a finer form",
                "42-20261126          | {build}-{date:yyyyMMdd}  | a finer form",
                "latest               | latest                   | leave it out, or add {commit:8} to it",
            })
    void wayOutFitsWhatTheTagWasMadeFrom(String name, String pattern, String way) {
        assertThat(TakenTags.wayOut(new ImageTag(name, pattern))).contains(way);
    }

    @Test
    void explainNamesAllTagsWithTheirDigests() {
        Map<ImageTag, String> there = new LinkedHashMap<>();
        there.put(new ImageTag("1.4.0", "{version}"), "sha256:" + "1".repeat(64));
        there.put(ImageTag.literal("latest"), "sha256:" + "2".repeat(64));
        there.put(ImageTag.literal("stable"), "sha256:" + "3".repeat(64));
        Digest built = new Digest("sha256:" + "b".repeat(64));
        assertThat(new TakenTags("host/shop", built).explain(there).text())
                .isEqualTo("The tags '1.4.0', 'latest', 'stable' of host/shop are immutable and name other images.\n"
                        + "  There, '1.4.0': sha256:" + "1".repeat(64) + "\n"
                        + "  There, 'latest': sha256:" + "2".repeat(64) + "\n"
                        + "  There, 'stable': sha256:" + "3".repeat(64) + "\n"
                        + "  Built: " + built + "\n"
                        + "Next: for '1.4.0': raise the project's version, or name another tag in ecs.tags; for 'latest',"
                        + " 'stable': a tag that stays the same in each build has to move: let the repository's"
                        + " immutability leave it out, or add {commit:8} to it in ecs.tags.");
    }
}
