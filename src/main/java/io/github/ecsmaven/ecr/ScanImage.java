package io.github.ecsmaven.ecr;

import io.github.ecsmaven.Digest;
import io.github.ecsmaven.KnownRefusal;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.Sleeper;
import io.github.ecsmaven.ecr.ScanVerdict.Done;
import io.github.ecsmaven.ecr.ScanVerdict.Failed;
import io.github.ecsmaven.ecr.ScanVerdict.Start;
import io.github.ecsmaven.ecr.ScanVerdict.Unsupported;
import io.github.ecsmaven.ecr.ScanVerdict.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Waits for ECR's scan of a pushed image, and stops the push when it has found too much. */
final class ScanImage {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int SHOWN = 25;

    static final String ELSEWHERE = "ecs.to.image names the target, and then ECR is not asked for a scan.";

    private final ScanGate gate;
    private final String image;
    private final PushLog log;
    private final Clock clock;
    private final Sleeper sleeper;

    /** @param image {@code registry/repository} */
    ScanImage(ScanGate gate, String image, PushLog log, Clock clock, Sleeper sleeper) {
        this.gate = gate;
        this.image = image;
        this.log = log;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /**
     * @param scanOnPush whether the repository scans what is pushed
     * @throws Problem when the gate stays shut
     */
    void run(ScanCalls calls, Digest digest, boolean scanOnPush) {
        ScanVerdict verdict = await(calls, scanOnPush);
        if (verdict instanceof Done done) {
            judge(done, digest);
        } else if (verdict instanceof Unsupported unsupported) {
            unsupported(unsupported.why());
        } else if (verdict instanceof Failed failed) {
            throw failed(image + "@" + digest, failed.why());
        }
    }

    private ScanVerdict await(ScanCalls calls, boolean scanOnPush) {
        Instant begin = clock.instant();
        Duration pause = FIRST_PAUSE;
        String told = "";
        boolean started = false;
        while (true) {
            Duration waited = Duration.between(begin, clock.instant());
            ScanVerdict verdict = EvaluateScan.evaluate(calls.observe(), waited, scanOnPush, started, gate.timeout());
            if (verdict instanceof Start) {
                Optional<String> refused = calls.start();
                if (refused.isPresent()) {
                    return new Unsupported(refused.get());
                }
                started = true;
            } else if (verdict instanceof Waiting waiting) {
                if (!told.equals(waiting.why())) {
                    told = waiting.why();
                    log.scanning(told);
                }
            } else {
                return verdict;
            }
            sleep(pause);
            pause = pause.plus(FIRST_PAUSE).compareTo(LONGEST_PAUSE) < 0 ? pause.plus(FIRST_PAUSE) : LONGEST_PAUSE;
        }
    }

    private void judge(Done done, Digest digest) {
        if (!done.certain()) {
            log.warning("ECR calls the scan of " + image + " done, and tells neither findings nor when it ended;"
                    + " taken as clean.");
        }
        List<Finding> bad = done.findings().stream()
                .filter(finding -> finding.severity().isAtLeast(gate.failOn()))
                .toList();
        if (bad.isEmpty()) {
            log.scanned(counts(done.findings()), gate.failOn());
            return;
        }
        List<String> evidence =
                new ArrayList<>(bad.stream().limit(SHOWN).map(Finding::text).toList());
        if (bad.size() > SHOWN) {
            evidence.add("and " + (bad.size() - SHOWN) + " more.");
        }
        evidence.add("All: " + counts(done.findings()) + ".");
        evidence.add("The image was pushed without a tag; no tag was moved, and no service changes.");
        throw Problem.ofProject(
                "The scan of " + image + "@" + digest + " found " + bad.size() + " of " + gate.failOn()
                        + (gate.failOn() == Severity.CRITICAL ? "" : " or worse") + " (ecs.scan.failOn).",
                evidence,
                next(bad));
    }

    private static String next(List<Finding> bad) {
        boolean fixable = bad.stream().anyMatch(finding -> finding.fixedIn().isPresent());
        return (fixable ? "take the fixed versions" : "update")
                + ": a newer base image (ecs.from.image) for packages of the system, a newer dependency for those of the"
                + " application.";
    }

    /** {@code 1 CRITICAL, 3 LOW}; empty without findings. */
    private static String counts(List<Finding> findings) {
        Map<Severity, Long> counts = findings.stream()
                .collect(Collectors.groupingBy(Finding::severity, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(one -> one.getValue() + " " + one.getKey())
                .collect(Collectors.joining(", "));
    }

    private void unsupported(String why) {
        if (gate.unsupported() == ScanGate.Unsupported.FAIL) {
            throw cannot(image, why);
        }
        log.warning("The image " + image + " was not scanned (ecs.scan.unsupported=warn): " + why);
    }

    static Problem failed(String image, String why) {
        return Problem.ofProject(
                "The image " + image + " can't be released: " + why + ".",
                List.of("It was pushed without a tag; no tag was moved."),
                "run it again, or raise ecs.scan.timeout.");
    }

    static Problem cannot(String image, String why) {
        Optional<KnownRefusal> known = KnownRefusal.of("scan " + why);
        return Problem.ofProject(
                "The image " + image + " can't be scanned, and ecs.scan.failOn asks for it"
                        + known.map(refusal -> ": " + refusal.saying()).orElse("") + "; no tag was moved.",
                List.of(why),
                known.map(KnownRefusal::next)
                        .orElse(
                                "let ECR scan it (a base image of a distribution that ECR knows, or enhanced scanning), or"
                                        + " release it unscanned with -Decs.scan.unsupported=warn."));
    }

    private void sleep(Duration pause) {
        try {
            sleeper.sleep(pause);
        } catch (InterruptedException stop) {
            throw PushTries.stopped("no tag was moved");
        }
    }
}
