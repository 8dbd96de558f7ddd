package io.github.ecsmaven.goal;

import io.github.ecsmaven.DurationText;
import io.github.ecsmaven.container.Keeper;
import io.github.ecsmaven.container.RunningContainer;
import io.github.ecsmaven.container.RunningServices;
import io.github.ecsmaven.container.ServicesRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.maven.plugin.logging.Log;

/** Starts the services beside the container under test, tells of them, and leaves their addresses for the tests. */
final class RunServices {
    private final Keeper keeper;
    private final Log log;
    private final ProgressLine progress;
    private final Clock clock;

    RunServices(Keeper keeper, Log log, ProgressLine progress, Clock clock) {
        this.keeper = keeper;
        this.log = log;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * @param beforePull is told what has to be fetched, and may refuse
     * @param properties of the project, which Failsafe hands on: see lifecycle.BindGoals
     */
    RunningServices run(ServicesRequest request, Consumer<String> beforePull, Properties properties) {
        List<String> missing = request.services().stream()
                .map(ServicesRequest.Service::image)
                .distinct()
                .filter(image -> keeper.inspect(image).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            keeper.requireNetwork(request);
            beforePull.accept("pulling " + String.join(", ", missing));
            pull(missing);
        }
        RunningServices running = keeper.startServices(request);
        running.services().forEach(service -> {
            log.info(told(service));
            handOver(service, properties);
        });
        return running;
    }

    private void pull(List<String> images) {
        String what = "Pulling " + String.join(", ", images);
        Instant begin = clock.instant();
        try {
            keeper.pull(images, clock, (done, total) -> progress.show(what, done, total));
        } finally {
            progress.clear();
        }
        log.info("Pulled " + String.join(", ", images) + "  "
                + DurationText.show(Duration.between(begin, clock.instant())));
    }

    private static String told(RunningServices.Service service) {
        RunningContainer container = service.container();
        String where = service.reachable() ? " at " + container.host() + ":" + container.port() : "";
        return "Service " + service.name() + " ready" + where + " (" + service.image() + ", " + container.ready()
                + ")  " + DurationText.show(Duration.ofMillis(container.millis()));
    }

    private static void handOver(RunningServices.Service service, Properties properties) {
        if (service.reachable()) {
            String prefix = ServiceNames.HANDED_OVER + service.name() + ".";
            properties.setProperty(prefix + "url", service.container().url());
            properties.setProperty(prefix + "host", service.container().host());
            properties.setProperty(
                    prefix + "port", String.valueOf(service.container().port()));
        }
    }
}
