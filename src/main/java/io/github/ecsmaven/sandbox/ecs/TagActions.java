package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.Caller;
import java.util.Map;

/** TagResource, UntagResource, ListTagsForResource. */
final class TagActions {
    private final Store store;

    TagActions(Store store) {
        this.store = store;
    }

    void addTo(Map<String, Handler> handlers) {
        handlers.put("TagResource", this::tag);
        handlers.put("UntagResource", this::untag);
        handlers.put("ListTagsForResource", this::list);
    }

    private ObjectNode tag(ObjectNode request, Caller caller) {
        tags(request).putAll(Json.tags(request.path("tags")));
        return Json.object();
    }

    private ObjectNode untag(ObjectNode request, Caller caller) {
        tags(request).keySet().removeAll(Json.texts(request.path("tagKeys")));
        return Json.object();
    }

    private ObjectNode list(ObjectNode request, Caller caller) {
        ObjectNode answer = Json.object();
        answer.set("tags", Json.tags(tags(request)));
        return answer;
    }

    private Map<String, String> tags(ObjectNode request) {
        String arn = request.path("resourceArn").asText("");
        boolean known = store.clusters().containsKey(arn)
                || store.services().containsKey(arn)
                || store.tasks().containsKey(arn)
                || store.taskDefinitions().containsKey(arn);
        if (!known) {
            throw Names.invalid("The specified resource was not found: " + arn);
        }
        return store.tags(arn);
    }
}
