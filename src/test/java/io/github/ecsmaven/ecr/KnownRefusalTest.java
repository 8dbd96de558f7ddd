package io.github.ecsmaven.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.tools.jib.api.ImageReference;
import io.github.ecsmaven.KnownRefusal;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.RegistryFailure;
import io.github.ecsmaven.aws.AwsProblems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Every text of a failure that ECR is known to send, as a registry, through its API and of a scan; and STS's. */
class KnownRefusalTest {
    private static final String HOST = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";

    static Stream<Arguments> failures() throws IOException {
        try (InputStream table = KnownRefusalTest.class.getResourceAsStream("failure-texts.tsv")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.startsWith("#"))
                            .map(line -> Arguments.of((Object[]) line.split("\t", -1)))
                            .toList()
                            .stream();
        }
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @MethodSource("failures")
    void failureNamesCauseAndRemedyAndShowsTheText(
            String where, String status, String code, String text, String what, String next) {
        Problem problem =
                switch (where) {
                    case "api" -> ofApi(Integer.parseInt(status), code, text);
                    case "scan" -> ofScan(code, text);
                    default -> ofRegistry(Integer.parseInt(status), code, text);
                };
        assertThat(problem.what()).contains(what).endsWith(".");
        assertThat(problem.next()).contains(next).endsWith(".");
        assertThat(problem.text()).contains(text, where.equals("scan") ? code : "");
        assertThat(problem.what() + problem.next()).doesNotContain("AWS refused it", "correct what AWS objects to");
    }

    @Test
    void ofWhenTheTextIsUnknownFindsNothing() {
        assertThat(KnownRefusal.of("BrandNewException: the moon is full")).isEmpty();
        assertThat(ofRegistry(400, "BRAND_NEW", "the moon is full").text()).contains("BRAND_NEW: the moon is full");
    }

    private static Problem ofApi(int status, String code, String text) {
        return AwsProblems.translate(
                "do it",
                AwsServiceException.builder()
                        .statusCode(status)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode(code)
                                .errorMessage(text)
                                .build())
                        .build());
    }

    private static Problem ofScan(String status, String description) {
        ScanObservation seen = new ScanObservation(Optional.of(status), description, false, List.of());
        ScanVerdict verdict = EvaluateScan.evaluate(seen, Duration.ZERO, true, false, Duration.ofMinutes(5));
        return verdict instanceof ScanVerdict.Unsupported unsupported
                ? ScanImage.cannot(HOST + "/shop", unsupported.why())
                : ScanImage.failed(HOST + "/shop", ((ScanVerdict.Failed) verdict).why());
    }

    private static Problem ofRegistry(int status, String code, String text) {
        String body = code.isEmpty() ? text : "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + text + "\"}]}";
        PushTarget target = new PushTarget(ImageReference.of(HOST, "shop", "1"), List.of());
        return new ExplainPush(target, true).explain(RegistryFailure.of(status, body), new IOException("refused"));
    }
}
