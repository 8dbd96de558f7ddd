package io.github.ecsmaven.container;

import com.github.dockerjava.api.DockerClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.testcontainers.utility.DockerImageName;

/** Images that the engine fetches; one that several modules want at once is fetched once. */
final class Pulls {
    private static final long LOOK_MILLIS = 500;

    private final Docker docker;
    private final Map<String, Pull> underWay = new HashMap<>();

    Pulls(Docker docker) {
        this.docker = docker;
    }

    /**
     * Begins what isn't under way, and answers after half a second at most, so that whoever waits can show how far it is.
     *
     * @throws io.github.ecsmaven.Problem when one of them can't be had
     */
    Keeper.PullState advance(List<String> references) throws InterruptedException {
        Map<String, Pull> pulls = begin(references);
        long left = LOOK_MILLIS;
        boolean over = true;
        for (Map.Entry<String, Pull> pull : pulls.entrySet()) {
            long begun = System.nanoTime();
            over &= pull.getValue().awaitOver(left);
            left = Math.max(1, left - (System.nanoTime() - begun) / 1_000_000);
        }
        pulls.forEach(this::failed);
        if (over) {
            forget(pulls);
        }
        return new Keeper.PullState(
                over,
                pulls.values().stream().mapToLong(Pull::done).sum(),
                pulls.values().stream().mapToLong(Pull::total).sum());
    }

    private Map<String, Pull> begin(List<String> references) {
        DockerClient client = docker.client();
        Map<String, Pull> pulls = new HashMap<>();
        synchronized (underWay) {
            for (String reference : references) {
                pulls.put(reference, underWay.computeIfAbsent(reference, one -> begin(client, one)));
            }
        }
        return pulls;
    }

    /** With the logins of Docker's configuration, as Testcontainers reads them. */
    static Pull begin(DockerClient client, String reference) {
        DockerImageName name = DockerImageName.parse(reference);
        return client.pullImageCmd(name.getUnversionedPart())
                .withTag(name.getVersionPart())
                .exec(new Pull());
    }

    private void failed(String reference, Pull pull) {
        pull.error().ifPresent(why -> {
            forget(Map.of(reference, pull));
            throw PullProblem.of(reference, why);
        });
    }

    /** A later request of the same pulls anew. */
    private void forget(Map<String, Pull> pulls) {
        synchronized (underWay) {
            pulls.forEach(underWay::remove);
        }
    }
}
