package io.github.ecsmaven.sandbox.ecr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.Caller;
import io.github.ecsmaven.sandbox.wire.Json;
import java.nio.charset.StandardCharsets;

/** ECR's lifecycle policies: kept and given back, with no effect on images. */
final class LifecycleActions {
    private final Repositories repositories;
    private final Refusal refusal;

    LifecycleActions(Repositories repositories, Refusal refusal) {
        this.repositories = repositories;
        this.refusal = refusal;
    }

    ObjectNode put(ObjectNode request, Caller caller) {
        String policy = request.path("lifecyclePolicyText").asText("");
        ObjectNode parsed = Json.parse(policy.getBytes(StandardCharsets.UTF_8));
        if (parsed == null
                || !parsed.path("rules").isArray()
                || parsed.path("rules").isEmpty()) {
            throw Refusal.invalid("LifecyclePolicyText", "Lifecycle policy validation failure: not a list of rules");
        }
        Repository changed = repositories.change(
                name(request),
                repository -> repository.withSettings(repository.settings().withLifecyclePolicy(policy)));
        return answer(changed, policy, caller);
    }

    ObjectNode get(ObjectNode request, Caller caller) {
        Repository repository = repositories.get(name(request));
        return answer(repository, policy(repository), caller);
    }

    ObjectNode delete(ObjectNode request, Caller caller) {
        Repository repository = repositories.get(name(request));
        String policy = policy(repository);
        repositories.change(
                repository.name(),
                current -> current.withSettings(current.settings().withLifecyclePolicy(null)));
        return answer(repository, policy, caller);
    }

    private String policy(Repository repository) {
        String policy = repository.settings().lifecyclePolicy();
        if (policy == null) {
            throw refusal.lifecyclePolicyNotFound(repository.name());
        }
        return policy;
    }

    private static ObjectNode answer(Repository repository, String policy, Caller caller) {
        return Json.object()
                .put("registryId", caller.account())
                .put("repositoryName", Owners.plain(repository.name()))
                .put("lifecyclePolicyText", policy);
    }

    private static String name(ObjectNode request) {
        return request.path("repositoryName").asText("");
    }
}
