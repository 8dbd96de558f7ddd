package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import io.github.ecsmaven.sandbox.wire.JsonService;
import java.util.HashMap;
import java.util.Map;

/** The router of the ECS API: one request at a time, saved before it is answered. */
final class EcsApi implements JsonService {
    private final Store store;
    private final Runnable changed;
    private final Map<String, Handler> handlers = new HashMap<>();

    /** @param changed told after each action that isn't just a question */
    EcsApi(
            Store store,
            Render render,
            Names names,
            Deploy deploy,
            Balancers balancers,
            Placements placements,
            Ticker time,
            Runnable changed) {
        this.store = store;
        this.changed = changed;
        new ClusterActions(store, names, render).addTo(handlers);
        new TaskDefinitionActions(store, names, time).addTo(handlers);
        new ServiceActions(store, names, render).addTo(handlers);
        handlers.put("CreateService", new CreateService(store, names, render, deploy, time));
        handlers.put("UpdateService", new UpdateService(store, names, render, deploy));
        handlers.put("DeleteService", new DeleteService(store, names, render, balancers));
        new TaskActions(store, names, render, time).addTo(handlers);
        handlers.put("RunTask", new RunTask(store, names, render, placements, time));
        new DeploymentActions(store, names, render, time).addTo(handlers);
        new TagActions(store).addTo(handlers);
    }

    @Override
    public String targetPrefix() {
        return "AmazonEC2ContainerServiceV20141113";
    }

    @Override
    public ObjectNode handle(String action, ObjectNode request, Caller caller) {
        Handler handler = handlers.get(action);
        if (handler == null) {
            throw AwsError.unknownAction("ECS", action);
        }
        ObjectNode answer;
        synchronized (store) {
            answer = handler.handle(request, caller).deepCopy();
            if (!question(action)) {
                store.save();
            }
        }
        if (!question(action)) {
            changed.run();
        }
        return answer;
    }

    private static boolean question(String action) {
        return action.startsWith("Describe") || action.startsWith("List");
    }
}
