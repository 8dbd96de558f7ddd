package io.github.ecsmaven.container;

import com.github.dockerjava.api.DockerClient;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.testcontainers.utility.DockerImageName;

/** Images that the engine fetches; one that several modules want at once is fetched once. */
final class Pulls {
    private static final long LOOK_MILLIS = 500;

    /** The engine, as far as it fetches images. */
    interface Source {
        boolean has(String reference);

        Pull begin(String reference);
    }

    private final Source source;
    private final Map<String, Pull> underWay = new HashMap<>();

    Pulls(Source source) {
        this.source = source;
    }

    static Pulls of(Docker docker, EngineImages images) {
        return new Pulls(new Source() {
            @Override
            public boolean has(String reference) {
                return images.inspect(reference).isPresent();
            }

            @Override
            public Pull begin(String reference) {
                return Pulls.begin(docker.client(), reference);
            }
        });
    }

    /**
     * Begins what is neither there nor under way, and answers after half a second at most, so that whoever waits can show how
     * far it is.
     *
     * @throws io.github.ecsmaven.Problem when one of them can't be had
     */
    Keeper.PullState advance(List<String> references) throws InterruptedException {
        Map<String, Pull> pulls = begin(references);
        long left = LOOK_MILLIS;
        boolean over = true;
        for (Pull pull : pulls.values()) {
            long begun = System.nanoTime();
            over &= pull.awaitOver(left);
            left = Math.max(1, left - (System.nanoTime() - begun) / 1_000_000);
        }
        pulls.forEach((reference, pull) -> failed(reference, pull, pulls));
        if (over) {
            forget(pulls);
        }
        return new Keeper.PullState(
                over,
                sum(pulls.values(), Pull::done),
                sum(pulls.values(), Pull::total),
                sum(pulls.values(), Pull::moved));
    }

    private static long sum(Collection<Pull> pulls, ToLongFunction<Pull> bytes) {
        return pulls.stream().mapToLong(bytes).sum();
    }

    /** Another caller may have seen the end of one, and forgotten it: then the engine has the image. */
    private Map<String, Pull> begin(List<String> references) {
        Map<String, Pull> pulls = new HashMap<>();
        synchronized (underWay) {
            for (String reference : references) {
                if (underWay.containsKey(reference) || !source.has(reference)) {
                    pulls.put(reference, underWay.computeIfAbsent(reference, source::begin));
                }
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

    private void failed(String reference, Pull pull, Map<String, Pull> pulls) {
        pull.error().ifPresent(why -> {
            // The others too: nobody may be left to see their end. The engine shares what it still fetches.
            forget(pulls);
            throw PullProblem.of(reference, why);
        });
    }

    /** A later request looks again; another's newer pull of the same stays. */
    private void forget(Map<String, Pull> pulls) {
        synchronized (underWay) {
            pulls.forEach(underWay::remove);
        }
    }
}
