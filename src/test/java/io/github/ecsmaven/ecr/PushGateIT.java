package io.github.ecsmaven.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.tools.jib.api.JibContainerBuilder;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.sandbox.Sandbox;
import io.github.ecsmaven.sandbox.SandboxClients;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.ImageTagMutabilityExclusionFilter;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyNotFoundException;
import software.amazon.awssdk.services.ecr.model.Repository;

/** The scan between push and tags, and repositories as they are created, against the sandbox. */
class PushGateIT {
    private static final String SCAN = "sandbox:scan";

    @TempDir
    static Path home;

    @TempDir
    Path folder;

    private static Sandbox sandbox;
    private static EcrClient ecr;
    private Pushes pushes;
    private JibContainerBuilder image;
    private Digest digest;

    @BeforeAll
    static void start() {
        sandbox = SandboxClients.of(home);
        ecr = SandboxClients.ecr(sandbox.ensure());
    }

    @AfterAll
    static void stop() {
        if (ecr != null) {
            ecr.close();
        }
        sandbox.stop(true);
    }

    @BeforeEach
    void image() throws Exception {
        pushes = new Pushes(folder);
        image = pushes.image("gated");
        digest = pushes.digest(image);
    }

    @Test
    void aScanThatFindsTooMuchStopsBeforeTheTags() {
        Problem problem = refused("basic", true, "CRITICAL=1 HIGH=2", gate(Severity.CRITICAL));
        assertThat(problem.text())
                .matches("(?s)The scan of 127.0.0.1:\\d+/basic@" + digest
                        + " found 1 of CRITICAL \\(ecs.scan.failOn\\)\\.\n"
                        + "  CRITICAL CVE-2026-1000 in openssl 1.2.0  https://nvd.nist.gov/vuln/detail/CVE-2026-1000\n"
                        + "  All: 1 CRITICAL, 2 HIGH\\.\n"
                        + "  The image was pushed without a tag; no tag was moved, and no service changes.\n"
                        + "Next: update: a newer base image .*");
        assertThat(tags("basic")).isEmpty();
    }

    @Test
    void aScanThatFindsLessIsToldAndThePushGoesOn() {
        push("lesser", true, "HIGH=2 LOW=1200", gate(Severity.CRITICAL));
        assertThat(pushes.told).last().isEqualTo("scanned 2 HIGH, 1200 LOW");
        assertThat(tags("lesser")).containsExactly("1.0");
    }

    @Test
    void aScanIsStartedWhereNoneIsOnPush() {
        push("on-demand", false, "LOW=1", gate(Severity.HIGH));
        assertThat(pushes.told).last().isEqualTo("scanned 1 LOW");
        pushes.told.clear();
        push("on-demand", false, "", gate(Severity.HIGH));
        assertThat(pushes.told).containsExactly("scanned 1 LOW");
    }

    @Test
    void aScanThatTakesTimeIsWaitedFor() {
        push("slow", true, "seconds=2 MEDIUM=1", gate(Severity.HIGH));
        assertThat(pushes.told).endsWith("scanning IN_PROGRESS", "scanned 1 MEDIUM");
    }

    @Test
    void aScanThatDoesNotEndInTimeFailsThePush() {
        ScanGate gate = new ScanGate(Severity.CRITICAL, Duration.ofSeconds(1), ScanGate.Unsupported.WARN);
        Problem problem = refused("endless", true, "seconds=3600", gate);
        assertThat(problem.text())
                .contains("can't be released: the scan did not end after 1")
                .contains("raise ecs.scan.timeout");
        assertThat(tags("endless")).isEmpty();
    }

    @Test
    void inspectorsFindingsAreReadWithTheirFixes() {
        Problem problem = refused("inspector", false, "enhanced seconds=1 HIGH=1 UNTRIAGED=1", gate(Severity.HIGH));
        assertThat(problem.text())
                .contains("found 1 of HIGH or worse (ecs.scan.failOn).")
                .contains("HIGH CVE-2026-1000 in openssl 1.2.0, fixed in 1.3.0  https://")
                .contains("All: 1 HIGH, 1 UNDEFINED.")
                .contains("Next: take the fixed versions: ");
        assertThat(pushes.told).contains("scanning PENDING");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status=FAILED", "status=UNSUPPORTED_IMAGE", "enhanced status=UNSUPPORTED_IMAGE"})
    void anImageThatCannotBeScannedGoesByTheSetting(String script) {
        String repository =
                "unscannable-" + script.replaceAll("[^A-Za-z]+", "-").toLowerCase(Locale.ROOT);
        Problem problem = refused(repository, true, script, gate(Severity.CRITICAL));
        assertThat(problem.text()).contains("can't be scanned").contains("-Decs.scan.unsupported=warn");
        assertThat(tags(repository)).isEmpty();

        push(
                repository,
                true,
                script,
                new ScanGate(Severity.CRITICAL, Duration.ofMinutes(1), ScanGate.Unsupported.WARN));
        assertThat(pushes.told).last().asString().contains("was not scanned (ecs.scan.unsupported=warn)");
        assertThat(tags(repository)).containsExactly("1.0");
    }

    @Test
    void aNewRepositoryIsAsItWasAskedFor() throws Exception {
        NewRepository create = new NewRepository(
                true,
                true,
                Optional.of(NewRepository.Encryption.of("alias/images")),
                Optional.of(NewRepository.keep(30)),
                Map.of("team", "shop"));
        pushing().run(pushes.creating(image, digest, "made", create, "1.0"));
        Repository made = described("made");
        assertThat(made.imageTagMutability()).isEqualTo(ImageTagMutability.IMMUTABLE);
        assertThat(made.imageScanningConfiguration().scanOnPush()).isTrue();
        assertThat(made.encryptionConfiguration().encryptionTypeAsString()).isEqualTo("KMS");
        assertThat(made.encryptionConfiguration().kmsKey()).isEqualTo("alias/images");
        assertThat(ecr.getLifecyclePolicy(request -> request.repositoryName("made"))
                        .lifecyclePolicyText())
                .contains("\"countNumber\":30");
        assertThat(ecr.listTagsForResource(request -> request.resourceArn(made.repositoryArn()))
                        .tags())
                .singleElement()
                .satisfies(tag -> assertThat(tag.key() + tag.value()).isEqualTo("teamshop"));
    }

    @Test
    void aRepositoryThatIsThereIsLeftAsItIs() throws Exception {
        ecr.createRepository(request -> request.repositoryName("old"));
        NewRepository create =
                new NewRepository(true, true, Optional.empty(), Optional.of(NewRepository.keep(1)), Map.of());
        pushing().run(pushes.creating(image, digest, "old", create, "1.0"));
        assertThat(described("old").imageTagMutability()).isEqualTo(ImageTagMutability.MUTABLE);
        assertThat(catchThrowableOfType(
                        LifecyclePolicyNotFoundException.class,
                        () -> ecr.getLifecyclePolicy(request -> request.repositoryName("old"))))
                .isNotNull();
    }

    @Test
    void anExceptedTagOfAnImmutableRepositoryMovesAndASnapshotIsToldTheWayOut() throws Exception {
        ecr.createRepository(request -> request.repositoryName("excepting")
                .imageTagMutability(ImageTagMutability.IMMUTABLE_WITH_EXCLUSION)
                .imageTagMutabilityExclusionFilters(ImageTagMutabilityExclusionFilter.builder()
                        .filterType("WILDCARD")
                        .filter("latest*")
                        .build()));
        JibContainerBuilder next = pushes.image("next");
        Digest other = pushes.digest(next);
        pushing().run(pushes.ecr(image, digest, "excepting", "1.0-SNAPSHOT", "latest"));
        pushing().run(pushes.ecr(next, other, "excepting", "latest"));
        assertThat(tags("excepting")).containsExactly("1.0-SNAPSHOT");
        Problem problem = catchThrowableOfType(
                Problem.class, () -> pushing().run(pushes.ecr(next, other, "excepting", "1.0-SNAPSHOT", "new")));
        assertThat(problem.text())
                .contains("There: " + digest, "Built: " + other)
                .contains(
                        "Next: a SNAPSHOT's tag has to move: name one that doesn't (-Decs.tags={version}-{commit:8})");
    }

    private static ScanGate gate(Severity failOn) {
        return new ScanGate(failOn, Duration.ofMinutes(1), ScanGate.Unsupported.FAIL);
    }

    private Problem refused(String repository, boolean onPush, String script, ScanGate gate) {
        return catchThrowableOfType(Problem.class, () -> push(repository, onPush, script, gate));
    }

    /** The resource tag makes the sandbox find what it says. */
    private void push(String repository, boolean onPush, String script, ScanGate gate) {
        NewRepository create =
                new NewRepository(false, onPush, Optional.empty(), Optional.empty(), Map.of(SCAN, script));
        pushing().run(pushes.gated(image, digest, repository, create, gate, "1.0"));
    }

    private PushImage pushing() {
        return new PushImage(() -> ecr, pushes, Clock.systemUTC(), time -> Thread.sleep(time.toMillis()));
    }

    private static Repository described(String repository) {
        return ecr.describeRepositories(request -> request.repositoryNames(repository))
                .repositories()
                .get(0);
    }

    private List<String> tags(String repository) {
        return ecr.describeImages(request -> request.repositoryName(repository)
                        .imageIds(ImageIdentifier.builder()
                                .imageDigest(digest.value())
                                .build()))
                .imageDetails()
                .get(0)
                .imageTags();
    }
}
