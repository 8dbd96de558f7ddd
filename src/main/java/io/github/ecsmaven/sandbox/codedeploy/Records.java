package io.github.ecsmaven.sandbox.codedeploy;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that CodeDeploy knows, as it lies on disk. Guarded by {@link CodeDeploy}'s lock; keys begin with account and region. */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
final class Records {
    /** As GetApplication gives them. */
    Map<String, ObjectNode> applications = new LinkedHashMap<>();
    /** As GetDeploymentGroup gives them, but for the last deployments. */
    Map<String, ObjectNode> groups = new LinkedHashMap<>();

    Map<String, Deployment> deployments = new LinkedHashMap<>();

    static String key(Caller caller, String... names) {
        return caller.account() + "/" + caller.region() + "/" + String.join("/", names);
    }

    ObjectNode application(Caller caller, String name) {
        ObjectNode found = applications.get(key(caller, name));
        if (found == null) {
            throw new AwsError("ApplicationDoesNotExistException", 400, "No application found for name: " + name);
        }
        return found;
    }

    ObjectNode group(Caller caller, String application, String name) {
        application(caller, application);
        ObjectNode found = groups.get(key(caller, application, name));
        if (found == null) {
            throw new AwsError(
                    "DeploymentGroupDoesNotExistException", 400, "No Deployment Group found for name: " + name);
        }
        return found;
    }

    Deployment deployment(Caller caller, String id) {
        return Optional.ofNullable(deployments.get(id))
                .filter(one -> one.account.equals(caller.account()) && one.region.equals(caller.region()))
                .orElseThrow(() -> new AwsError(
                        "DeploymentDoesNotExistException", 400, "The deployment " + id + " could not be found"));
    }

    /** Newest first. */
    List<Deployment> of(Caller caller, String application, String group) {
        return deployments.values().stream()
                .filter(one -> one.account.equals(caller.account()) && one.region.equals(caller.region()))
                .filter(one -> application.isEmpty() || one.application.equals(application))
                .filter(one -> group.isEmpty() || one.group.equals(group))
                .sorted((one, other) -> Long.compare(other.createdAt, one.createdAt))
                .toList();
    }
}
