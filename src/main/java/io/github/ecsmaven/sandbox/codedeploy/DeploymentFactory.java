package io.github.ecsmaven.sandbox.codedeploy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.codedeploy.Deployment.Event;
import io.github.ecsmaven.sandbox.wire.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Makes the entries of new deployments. */
final class DeploymentFactory {
    private static final String SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private DeploymentFactory() {}

    static Deployment of(
            ObjectNode request, ObjectNode group, ReadAppSpec spec, String serviceArn, Caller caller, long now) {
        Deployment fresh = new Deployment();
        fresh.id = newId();
        fresh.account = caller.account();
        fresh.region = caller.region();
        fresh.application = group.path("applicationName").asText();
        fresh.group = group.path("deploymentGroupName").asText();
        fresh.config = request.path("deploymentConfigName")
                .asText(group.path("deploymentConfigName").asText());
        fresh.description = request.path("description").asText("");
        fresh.serviceArn = serviceArn;
        fresh.taskDefinition = spec.taskDefinition();
        fresh.content =
                request.path("revision").path("appSpecContent").path("content").asText();
        fresh.sha256 =
                request.path("revision").path("appSpecContent").path("sha256").asText("");
        fresh.createdAt = now;
        DeploymentActions.copySettings(group, fresh.settings);
        DeploymentActions.copySettings(request, fresh.settings);
        events(fresh).forEach(name -> fresh.events.add(Event.of(name)));
        return fresh;
    }

    private static List<String> events(Deployment of) {
        List<String> names = new ArrayList<>(List.of("BeforeInstall", "Install", "AfterInstall"));
        if (!of.settings
                .path("loadBalancerInfo")
                .path("targetGroupPairInfoList")
                .path(0)
                .path("testTrafficRoute")
                .isMissingNode()) {
            names.addAll(List.of("AllowTestTraffic", "AfterAllowTestTraffic"));
        }
        names.addAll(List.of("BeforeAllowTraffic", "AllowTraffic", "AfterAllowTraffic"));
        return names;
    }

    /** The deployment that rolls another one back. */
    static Deployment rollback(Deployment failed, long now) {
        Deployment fresh = new Deployment();
        fresh.id = newId();
        fresh.account = failed.account;
        fresh.region = failed.region;
        fresh.application = failed.application;
        fresh.group = failed.group;
        fresh.config = failed.config;
        fresh.creator = "codeDeployRollback";
        fresh.serviceArn = failed.serviceArn;
        fresh.rollbackOf = failed.id;
        fresh.createdAt = now;
        fresh.settings = failed.settings.deepCopy();
        fresh.events.add(Event.of("AllowTraffic"));
        return fresh;
    }

    /** {@code d-} and nine capitals or digits. */
    private static String newId() {
        StringBuilder id = new StringBuilder("d-");
        for (int i = 0; i < 9; i++) {
            id.append(SIGNS.charAt(ThreadLocalRandom.current().nextInt(SIGNS.length())));
        }
        return id.toString();
    }
}
