package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ListServiceDeployments, DescribeServiceDeployments, DescribeServiceRevisions, StopServiceDeployment. */
final class DeploymentActions {
    private final Store store;
    private final Names names;
    private final Render render;
    private final Ticker time;

    DeploymentActions(Store store, Names names, Render render, Ticker time) {
        this.store = store;
        this.names = names;
        this.render = render;
        this.time = time;
    }

    void addTo(Map<String, Handler> handlers) {
        handlers.put("ListServiceDeployments", this::list);
        handlers.put("DescribeServiceDeployments", this::describe);
        handlers.put("DescribeServiceRevisions", this::revisions);
        handlers.put("StopServiceDeployment", this::stop);
    }

    private ObjectNode list(ObjectNode request, Caller caller) {
        Cluster cluster = names.cluster(request, caller);
        Service service = names.service(cluster, request);
        List<String> statuses = Json.texts(request.path("status"));
        List<ServiceDeployment> fitting = service.history().stream()
                .filter(one -> statuses.isEmpty() || statuses.contains(one.status()))
                .toList();
        int from =
                Math.min(fitting.size(), Json.number(request.path("nextToken").asText("0")));
        int to = Math.min(fitting.size(), from + request.path("maxResults").asInt(20));
        ObjectNode answer = Json.object();
        ArrayNode page = answer.putArray("serviceDeployments");
        fitting.subList(from, to).forEach(one -> page.add(render.brief(service, one)));
        if (to < fitting.size()) {
            answer.put("nextToken", String.valueOf(to));
        }
        return answer;
    }

    /** A service deployment and its service. */
    private record Found(Service service, ServiceDeployment deployment) {}

    private Optional<Found> find(String arn) {
        for (Service service : store.services().values()) {
            for (ServiceDeployment one : service.history()) {
                if (one.arn().equals(arn)) {
                    return Optional.of(new Found(service, one));
                }
            }
        }
        return Optional.empty();
    }

    private ObjectNode describe(ObjectNode request, Caller caller) {
        return Described.answer(
                "serviceDeployments",
                asked(request, "serviceDeploymentArns"),
                arn -> find(arn).map(found -> render.serviceDeployment(found.service(), found.deployment())),
                arn -> arn);
    }

    private ObjectNode revisions(ObjectNode request, Caller caller) {
        return Described.answer(
                "serviceRevisions",
                asked(request, "serviceRevisionArns"),
                arn -> Optional.ofNullable(store.revisions().get(arn)),
                arn -> arn);
    }

    private static List<String> asked(ObjectNode request, String member) {
        List<String> arns = Json.texts(request.path(member));
        if (arns.isEmpty() || arns.size() > 20) {
            throw Names.invalid(member + " must have between 1 and 20 elements.");
        }
        return arns;
    }

    private ObjectNode stop(ObjectNode request, Caller caller) {
        String arn = request.path("serviceDeploymentArn").asText("");
        Found found = find(arn)
                .orElseThrow(() -> new AwsError(
                        "ServiceDeploymentNotFoundException", 400, "The service deployment does not exist."));
        if (!found.deployment().status().equals("IN_PROGRESS")) {
            throw new AwsError(
                    "ConflictException",
                    400,
                    "Stopping a service deployment is not allowed for service deployment in terminal states.");
        }
        String how = request.path("stopType").asText("ROLLBACK");
        if (!how.equals("ROLLBACK") && !how.equals("ABORT")) {
            throw Names.invalid("Invalid stopType: " + how);
        }
        store.put(Deployments.stop(found.service(), how.equals("ROLLBACK"), time.millis()));
        return Json.object().put("serviceDeploymentArn", arn);
    }
}
