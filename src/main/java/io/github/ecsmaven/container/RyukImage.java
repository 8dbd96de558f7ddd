package io.github.ecsmaven.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import io.github.ecsmaven.Problem;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.testcontainers.dockerclient.EnvironmentAndSystemPropertyClientProviderStrategy;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/**
 * Ryuk's image. Testcontainers would fetch it by itself; but when it can't be had it tries for two minutes, and then says
 * something else.
 */
final class RyukImage {
    /** As Testcontainers 2.0.3 names it; TESTCONTAINERS_RYUK_CONTAINER_IMAGE names another. */
    static final String NAME = "testcontainers/ryuk:0.13.0";

    /** Twice it is less than {@link AnswerLimit}: Maven's first request may wait for the warm-up's attempt, and then make its own. */
    private static final long LIMIT_SECONDS = 25;

    private RyukImage() {}

    /** @throws Problem when the engine hasn't got it and can't fetch it */
    static void provide() throws IOException {
        String image = ImageNameSubstitutor.instance()
                .apply(DockerImageName.parse(NAME))
                .asCanonicalNameString();
        try (DockerClient client = withoutRyuk()) {
            if (!isThere(client, image)) {
                fetch(client, image);
            }
        }
    }

    /** Deprecated for users of Testcontainers; its own way to a client that has not started Ryuk yet. */
    @SuppressWarnings("deprecation")
    private static DockerClient withoutRyuk() {
        return new EnvironmentAndSystemPropertyClientProviderStrategy().getDockerClient();
    }

    private static boolean isThere(DockerClient client, String image) {
        try {
            client.inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    private static void fetch(DockerClient client, String image) {
        Pull pull = Pulls.begin(client, image);
        try {
            boolean over = pull.awaitOver(LIMIT_SECONDS * 1000);
            Optional<String> why = over ? pull.error() : Optional.of("it takes longer than " + LIMIT_SECONDS + " s");
            why.ifPresent(text -> {
                throw missing(image, text);
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw missing(image, "interrupted");
        }
    }

    private static Problem missing(String image, String why) {
        return Problem.ofMachine(
                "Ryuk's image '" + image + "' (ecs.test.ryuk) is not in the engine and can't be pulled",
                List.of(why),
                "put it into the engine ('docker pull', 'docker load'), name another in"
                        + " TESTCONTAINERS_RYUK_CONTAINER_IMAGE, or leave ecs.test.ryuk out: the plugin removes its"
                        + " containers by itself",
                null);
    }
}
