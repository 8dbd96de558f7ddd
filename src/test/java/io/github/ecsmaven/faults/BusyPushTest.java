package io.github.ecsmaven.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecr.PushedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;

/** ECR that asks to call less often, or has a fault, during a push: as an API and as a registry. */
class BusyPushTest {
    @TempDir
    static Path folder;

    private static Shop shop;

    @BeforeAll
    static void open() throws Exception {
        shop = new Shop(folder, true);
    }

    @AfterAll
    static void close() throws IOException {
        shop.close();
    }

    @BeforeEach
    void forget() {
        shop.pushPauses.clear();
        shop.heard = new Heard();
    }

    @AfterEach
    void mend() {
        shop.aws.mend();
    }

    /** The SDK tries three times, so that the fourth refusal is the plugin's own to wait for. */
    @Test
    void pushWhenTheApiIsThrottledForLongerThanTheSdkTriesGoesOn() throws Exception {
        shop.aws.order("{'fault': 'throttle', 'action': 'ecr:DescribeRepositories', 'count': 4}");

        assertThat(tagsOf(shop.push())).hasSize(1);

        assertThat(shop.heard.warnings).containsExactly("ECR is asked again: ThrottlingException: Rate exceeded");
        assertThat(shop.pushPauses).singleElement().satisfies(pause -> assertThat(pause)
                .isBetween(Duration.ofMillis(500), Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DescribeRepositories", "GetAuthorizationToken", "BatchGetImage", "PutImage"})
    void pushWhenACallIsRefusedFourTimesWaitsLongerEachTimeAndGoesOn(String action) throws Exception {
        shop.aws.order("{'fault': 'throttle', 'action': 'ecr:" + action + "', 'count': 3}");
        shop.aws.order("{'fault': 'error', 'action': 'ecr:" + action
                + "', 'status': 500, 'code': 'ServerException', 'message': 'Try later.', 'count': 1}");

        try (EcrClient impatient = shop.aws.impatientEcr()) {
            assertThat(tagsOf(shop.push(impatient))).hasSize(1);
        }

        assertThat(shop.heard.warnings)
                .hasSize(4)
                .startsWith("ECR is asked again: ThrottlingException: Rate exceeded")
                .endsWith("ECR is asked again: ServerException: Try later.");
        assertThat(shop.pushPauses).hasSize(4);
        for (int i = 0; i < 4; i++) {
            assertThat(shop.pushPauses.get(i)).isBetween(Duration.ofMillis(500L << i), Duration.ofMillis(1000L << i));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DescribeRepositories  | look for the ECR repository 'orders'",
                "GetAuthorizationToken | log in to ECR",
                "PutImage              | tag the image in the ECR repository 'orders' with '1.",
            })
    void pushWhenTheApiStaysThrottledSaysSoAfterFiveTries(String action, String doing) {
        shop.aws.order("{'fault': 'throttle', 'action': 'ecr:" + action + "'}");

        Problem problem;
        try (EcrClient impatient = shop.aws.impatientEcr()) {
            problem = catchThrowableOfType(Problem.class, () -> shop.push(impatient));
        }

        assertThat(problem.what()).startsWith("Could not " + doing).endsWith(": AWS asks to call less often.");
        assertThat(problem.evidence()).containsExactly("ThrottlingException: Rate exceeded");
        assertThat(problem.next()).isEqualTo("run it again in a minute; other builds use the same account.");
        assertThat(shop.pushPauses).hasSize(4);
    }

    /** What would be the same the next time is told at once. */
    @Test
    void pushWhenAPermissionIsMissingDoesNotWait() {
        shop.aws.order("{'fault': 'deny', 'action': 'ecr:PutImage'}");
        assertThat(catchThrowableOfType(Problem.class, () -> shop.push()).text())
                .contains("ecr:PutImage");
        assertThat(shop.pushPauses).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"429, 'HTTP 429, TOOMANYREQUESTS: Rate exceeded'", "503, 'HTTP 503, UNKNOWN: Internal server error'"})
    void pushWhenTheRegistryIsBusyForAWhileGoesOn(int status, String answer) throws Exception {
        shop.aws.order(
                "{'fault': 'registry', 'repository': 'orders', 'layer': 1, 'status': " + status + ", 'count': 4}");

        assertThat(tagsOf(shop.push())).hasSize(1);

        assertThat(shop.pushPauses).hasSizeBetween(2, 4);
        assertThat(shop.heard.warnings).hasSameSizeAs(shop.pushPauses).allSatisfy(warning -> assertThat(warning)
                .isEqualTo("The push is tried again: " + answer));
    }

    @ParameterizedTest
    @CsvSource({"429, asks to call less often", "503, has a fault"})
    void pushWhenTheRegistryStaysBusySaysSoAfterFiveTries(int status, String said) {
        shop.aws.order("{'fault': 'registry', 'repository': 'orders', 'layer': 1, 'status': " + status + "}");

        Problem problem = catchThrowableOfType(Problem.class, () -> shop.push());

        assertThat(problem.what()).endsWith("the registry " + said + ", also after several tries.");
        assertThat(problem.next()).isEqualTo("run it again in a minute; what was sent so far is not sent again.");
        assertThat(shop.pushPauses).hasSize(4);
    }

    private static List<String> tagsOf(PushedImage pushed) {
        shop.aws.mend();
        return shop.clients
                .ecr()
                .describeImages(ask -> ask.repositoryName("orders")
                        .imageIds(ImageIdentifier.builder()
                                .imageDigest(pushed.digest().value())
                                .build()))
                .imageDetails()
                .get(0)
                .imageTags();
    }
}
