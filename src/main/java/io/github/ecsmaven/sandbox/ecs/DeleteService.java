package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.Caller;

/** DeleteService: the service drains, and is INACTIVE when its last task is gone. */
final class DeleteService implements Handler {
    private final Store store;
    private final Names names;
    private final Render render;
    private final Balancers balancers;

    DeleteService(Store store, Names names, Render render, Balancers balancers) {
        this.store = store;
        this.names = names;
        this.render = render;
        this.balancers = balancers;
    }

    @Override
    public ObjectNode handle(ObjectNode request, Caller caller) {
        Service service = names.service(names.cluster(request, caller), request);
        boolean force = request.path("force").asBoolean();
        if (service.desired() > 0 && !force) {
            throw Names.invalid("The service cannot be stopped while it is scaled above 0.");
        }
        boolean empty = store.tasksOf(service.arn()).stream().allMatch(Task::stopped);
        Service leaving =
                service.settings(0, service.settings(), service.port()).status("DRAINING");
        store.put(leaving);
        if (empty) {
            balancers.close(service.arn());
        }
        ObjectNode answer = Json.object();
        answer.set("service", render.service(leaving, true));
        return answer;
    }
}
