package io.github.ecsmaven.goal;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.Rollout;
import io.github.ecsmaven.ecs.ServiceCheck;
import io.github.ecsmaven.smoke.AskUrls;
import io.github.ecsmaven.smoke.Fault;
import io.github.ecsmaven.smoke.SmokeRequest;
import java.time.Duration;
import java.util.Optional;

/** The smoke test of a service. */
final class SmokeOfService implements ServiceCheck {
    private final String service;
    private final SmokeRequest request;
    private final AskUrls ask;
    private final SmokePart part;

    SmokeOfService(String service, SmokeRequest request, AskUrls ask, SmokePart part) {
        this.service = service;
        this.request = request;
        this.ask = ask;
        this.part = part;
    }

    @Override
    public String words() {
        return request.words();
    }

    @Override
    public void require(Optional<String> url) {
        if (request.needsAddress() && url.isEmpty()) {
            throw Problem.ofProject(
                    "The smoke test of " + service
                            + " is relative (ecs.smoke.url), and the address of the service is not known.",
                    "write the whole address, https://orders.example.com/health, or tag the service with ecs.url.");
        }
    }

    @Override
    public Optional<Problem> run(Rollout rollout) throws InterruptedException {
        long begun = System.nanoTime();
        Optional<Fault> fault = ask.run(request, rollout.url());
        part.asked(service, Duration.ofNanos(System.nanoTime() - begun), fault.isEmpty());
        return fault.map(seen -> problem(rollout.cluster(), seen));
    }

    private Problem problem(String cluster, Fault fault) {
        return Problem.ofProject(
                "The smoke test of " + service + " in " + cluster + " failed: " + fault.what(),
                fault.evidence(),
                fault.next(" and at the logs of the new version"));
    }
}
