package io.github.ecsmaven.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagsTest {
    private static final String COMMIT = "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567";
    private static final TagValues CI = values("1.4.0", "feature/basket+2", "42");

    @ParameterizedTest(name = "{0} of {1} gives {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "                | 1.4.0     | 0a1b2c3d4e5f60718293a4b5c6d7e8f901234567 | 1.4.0 git-0a1b2c3d4e5f",
                "                | 1.4.0+7   |                  | 1.4.0_7",
                "latest v1 latest | 1.4.0   | 0a1b2c3d4e5f6789 | latest v1",
            })
    void ofWhenValidGivesEachTagOnce(String configured, String version, String commit, String expected) {
        TagValues values =
                new TagValues(version, Optional.ofNullable(commit), Optional.empty(), Optional.empty(), Instant.EPOCH);
        assertThat(Tags.of(configured == null ? List.of() : List.of(configured.split(" ")), values))
                .extracting(ImageTag::name)
                .containsExactly(expected.split(" "));
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "                                | 0a1b2c3d4e5f6789 | git-0a1b2c3d4e5f",
                "                                |                  | ''",
                "latest {version}                | 0a1b2c3d4e5f6789 | ''",
                "latest v{version}-{commit:8}    | 0a1b2c3d4e5f6789 | v1.4-0a1b2c3d",
                "{commit} {commit:4} {version}   | 0a1b2c3d4e5f6789 | 0a1b2c3d4e5f6789 0a1b",
            })
    void ofCommitGivesThoseThatNameIt(String configured, String commit, String expected) {
        TagValues values =
                new TagValues("1.4", Optional.ofNullable(commit), Optional.empty(), Optional.empty(), Instant.EPOCH);
        assertThat(String.join(
                        " ", Tags.ofCommit(configured == null ? List.of() : List.of(configured.split(" +")), values)))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} = {4} with {1}, {2}, {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                // pattern              | version            | branch             | build      | tag
                "{version}              | 1.4.0-SNAPSHOT     | main               | 42         | 1.4.0-SNAPSHOT",
                "{version}-{commit:8}   | 1.4.0-SNAPSHOT     | main               | 42         | 1.4.0-SNAPSHOT-0a1b2c3d",
                "{version}              | 1.4.0+build.7      | main               | 42         | 1.4.0_build.7",
                "v{version}             | 1.4                | main               | 42         | v1.4",
                "{commit}               | 1.4                | main               | 42         | 0a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
                "{commit:4}             | 1.4                | main               | 42         | 0a1b",
                "{commit:40}            | 1.4                | main               | 42         | 0a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
                "{branch}               | 1.4                | main               | 42         | main",
                "{branch}               | 1.4                | feature/Basket     | 42         | feature-Basket",
                "{branch}               | 1.4                | a/b//c             | 42         | a-b-c",
                "{branch}               | 1.4                | fix/(urgent)       | 42         | fix-urgent",
                "{branch}               | 1.4                | ümlaut             | 42         | mlaut",
                "{branch}               | 1.4                | .hidden            | 42         | hidden",
                "{branch}-{build}       | 1.4                | #12_fix            | 20261126.3 | 12_fix-20261126.3",
                "b{build}               | 1.4                | main               | 7 (rerun)  | b7-rerun",
                "{date:yyyyMMdd-HHmm}   | 1.4                | main               | 42         | 20261126-1107",
                "{date:yyyy.MM.dd}      | 1.4                | main               | 42         | 2026.11.26",
                "{date:HH:mm}           | 1.4                | main               | 42         | 11-07",
                "{version}.{build}      | 1.4                | main               | 42         | 1.4.42",
                "latest                 | 1.4                | main               | 42         | latest",
            })
    void ofWhenAPatternIsGivenFillsIt(String pattern, String version, String branch, String build, String tag) {
        assertThat(Tags.of(List.of(pattern), values(version, branch, build)))
                .containsExactly(new ImageTag(tag, pattern));
    }

    @Test
    void ofWhenABranchIsTooLongShortensTheBranchAlone() {
        String tag = Tags.of(List.of("{version}-{branch}-{build}"), values("1.4.0", "x/" + "y".repeat(300), "42"))
                .get(0)
                .name();
        assertThat(tag).hasSize(128).startsWith("1.4.0-x-yyy").endsWith("y-42");
    }

    @Test
    void ofWhenALiteralIsTooLongIsAProblem() {
        assertThat(refused("x".repeat(129), CI).text()).contains("is not a tag (ecs.tags)", "up to 128");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-a", ".a", "a b", "a/b", "1.0+2", "{version", "version}", "{}-{version}", "/{version}"})
    void ofWhenNotValidIsAProblem(String configured) {
        assertThat(refused(configured, CI).text()).contains("ecs.tags").contains("Next: ");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{comit:8}       | '{comit}' is not known.           | Did you mean '{commit}'?",
                "{sha}           | '{sha}' is not known.             | Known: {version}, {commit}, {commit:8}, {branch}, {build}, {date:yyyyMMdd-HHmm}",
                "{Version}       | '{Version}' is not known.         | Did you mean '{version}'?",
                "{commit:2}      | '{commit:2}' is not understood.   | A commit has 4 to 40 digits.",
                "{commit:41}     | '{commit:41}' is not understood.  | A commit has 4 to 40 digits.",
                "{commit:short}  | '{commit:short}' is not understood. | A commit has 4 to 40 digits.",
                "{commit:}       | '{commit:}' is not understood.    | A commit has 4 to 40 digits.",
                "{build:3}       | '{build}' is not understood.      | '{build}' takes nothing after a colon.",
                "{date}          | '{date}' is not understood.       | as in '{date:yyyyMMdd-HHmm}'",
                "{date:bbb}      | '{date:bbb}' is not understood.   | as in '{date:yyyyMMdd-HHmm}'",
                "${version}      | Maven has no property 'version'.  | write '{version}' without the dollar sign.",
                "${my.tag}       | Maven has no property 'my.tag'.   | set the property 'my.tag', or correct ecs.tags.",
            })
    void ofWhenAPlaceholderIsWrongSaysWhichAndWhatIsKnown(String pattern, String what, String help) {
        assertThat(refused("a-" + pattern, CI).text())
                .contains("'a-" + pattern + "' (ecs.tags)", help, "Known: {version}")
                .contains(what);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{commit:8} | '{commit}' has no value. | the project is in no git checkout",
                "{branch}   | '{branch}' has no value. | the checkout is of no branch",
                "{build}    | '{build}' has no value.  | no build of a known CI product",
            })
    void ofWhenAPlaceholderHasNoValueSaysWhy(String pattern, String what, String why) {
        TagValues bare = new TagValues("1.0", Optional.empty(), Optional.empty(), Optional.empty(), Instant.EPOCH);
        assertThat(refused(pattern, bare).text())
                .contains("'" + pattern + "' (ecs.tags) can't be made: " + what, why, "Known: {version}");
    }

    private static TagValues values(String version, String branch, String build) {
        return new TagValues(
                version,
                Optional.of(COMMIT),
                Optional.of(branch),
                Optional.of(build),
                Instant.parse("2026-11-26T11:07:59Z"));
    }

    private static Problem refused(String pattern, TagValues values) {
        return catchThrowableOfType(Problem.class, () -> Tags.of(List.of(pattern), values));
    }
}
