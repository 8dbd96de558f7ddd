package io.github.ecsmaven.faults;

import io.github.ecsmaven.ecr.PushLog;
import io.github.ecsmaven.ecr.Severity;
import io.github.ecsmaven.ecs.Told;

/** Keeps what a deploy told. */
final class Heard extends Told implements PushLog {
    @Override
    public void repositoryCreated(String repositoryUri) {
        planned.add("created " + repositoryUri);
    }

    @Override
    public void scanning(String why) {
        planned.add("scanning " + why);
    }

    @Override
    public void scanned(String counts, Severity failOn) {
        planned.add("scanned " + counts);
    }

    @Override
    public void progress(long sent, long total) {
        // The figures are those of the bytes that travel; nobody looks at them here.
    }
}
