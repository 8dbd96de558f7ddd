package io.github.ecsmaven.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Starts the services of one start side by side. When one fails the others are not waited for: its error is the answer. */
final class StartServices {
    private final StartContainer start;
    private final EngineImages images;
    private final ServiceGroups groups;

    StartServices(StartContainer start, EngineImages images, ServiceGroups groups) {
        this.start = start;
        this.images = images;
        this.groups = groups;
    }

    /** Ready, in the order of the request. */
    List<RunningServices.Service> run(ServicesRequest request, ServiceGroup group, Map<String, String> labels) {
        ExecutorService threads =
                Executors.newFixedThreadPool(request.services().size());
        try {
            CompletionService<RunningServices.Service> ended = new ExecutorCompletionService<>(threads);
            List<Future<RunningServices.Service>> all = new ArrayList<>();
            for (ServicesRequest.Service service : request.services()) {
                all.add(ended.submit(() -> one(service, request, group, labels)));
            }
            return collect(all, ended, group);
        } finally {
            threads.shutdown();
        }
    }

    private RunningServices.Service one(
            ServicesRequest.Service service, ServicesRequest request, ServiceGroup group, Map<String, String> labels) {
        Optional<Integer> port = service.port().or(() -> images.lowestPort(service.image()));
        Wanted wanted = Wanted.service(service, port, request.timeout(), group.network(), labels);
        RunningContainer container = start.run(wanted, id -> group.joined(service, id));
        return new RunningServices.Service(service.name(), service.image(), container);
    }

    private List<RunningServices.Service> collect(
            List<Future<RunningServices.Service>> all,
            CompletionService<RunningServices.Service> ended,
            ServiceGroup group) {
        try {
            for (int left = all.size(); left > 0; left--) {
                ended.take().get();
            }
            List<RunningServices.Service> services = new ArrayList<>();
            for (Future<RunningServices.Service> one : all) {
                services.add(one.get());
            }
            return services;
        } catch (ExecutionException e) {
            // Those that still wait see that their container was removed.
            groups.end(group);
            all.forEach(StartServices::awaitEnd);
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while services start", e);
        }
    }

    private static void awaitEnd(Future<RunningServices.Service> one) {
        try {
            one.get();
        } catch (ExecutionException e) {
            // The first failure is the one that is told.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
