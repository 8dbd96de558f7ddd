package io.github.ecsmaven.ecr;

import io.github.ecsmaven.Sleeper;
import java.time.Clock;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecr.EcrClient;

/** Pushes the tested image: the bytes first, by digest; the tags when the registry has confirmed that digest. */
public final class PushImage {
    private final Supplier<EcrClient> ecr;
    private final PushLog log;
    private final Clock clock;
    private final Sleeper sleeper;

    /** @param ecr asked only when the target is an ECR repository */
    public PushImage(Supplier<EcrClient> ecr, PushLog log, Clock clock, Sleeper sleeper) {
        this.ecr = ecr;
        this.log = log;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** @throws io.github.ecsmaven.Problem with the words that the user needs */
    public PushedImage run(PushRequest request) {
        throw new UnsupportedOperationException("" + ecr + log + clock + sleeper + request);
    }
}
