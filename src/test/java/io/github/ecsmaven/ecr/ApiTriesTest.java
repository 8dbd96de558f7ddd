package io.github.ecsmaven.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Problem;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecr.model.EcrException;

class ApiTriesTest {
    private final List<Duration> pauses = new ArrayList<>();
    private final Pushes pushes = new Pushes(Path.of("unused"));

    @Test
    void callWhenItIsInterruptedSaysWhatBecameOfTheTags() {
        ApiTries tries = new ApiTries(pushes, pause -> {
            throw new InterruptedException();
        });
        for (String tags : List.of("no tag was moved", "some of its tags may have been moved")) {
            Problem problem = catchThrowableOfType(Problem.class, () -> tries.call(tags, () -> fail(throttled())));
            assertThat(problem.what()).isEqualTo("The push was interrupted; " + tags + ".");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /** It would be waited for in vain: the SDK has tried several times by then. */
    @Test
    void callWhenNothingAnswersIsNotTriedAgain() {
        SdkException refused = SdkClientException.create("Connection refused", new ConnectException());
        assertThatThrownBy(() -> new ApiTries(pushes, pauses::add).call(() -> fail(refused)))
                .isSameAs(refused);
        assertThat(pauses).isEmpty();
    }

    @Test
    void callWhenItIsALookBeforeTheBuildIsTriedOnce() {
        assertThatThrownBy(() -> ApiTries.NONE.call(() -> fail(throttled()))).isInstanceOf(EcrException.class);
    }

    private static Object fail(SdkException error) {
        throw error;
    }

    private static SdkException throttled() {
        return (SdkException) EcrException.builder()
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("ThrottlingException")
                        .errorMessage("Rate exceeded")
                        .build())
                .build();
    }
}
