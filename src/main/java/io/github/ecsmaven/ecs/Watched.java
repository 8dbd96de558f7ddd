package io.github.ecsmaven.ecs;

import io.github.ecsmaven.ecs.verdict.Observation;
import io.github.ecsmaven.ecs.verdict.Verdict;
import java.time.Instant;

/** What is watched: looked at again and again, and judged. */
interface Watched {
    /** @throws software.amazon.awssdk.core.exception.SdkException when AWS can't be asked */
    Observation look();

    /** @param seen the last look */
    Verdict judge(Observation seen, Instant now);
}
