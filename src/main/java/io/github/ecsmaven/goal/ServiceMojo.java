package io.github.ecsmaven.goal;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.definition.ProjectFile;
import io.github.ecsmaven.ecs.definition.TaskChanges;
import io.github.ecsmaven.ecs.definition.Wanted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The goals that know what the project says of its services: task definition, and how a missing service is created. */
abstract class ServiceMojo extends SmokeMojo {
    /**
     * File with the task definition, JSON or YAML, relative to the project; then it is the file's and not the service's that is
     * taken on. Default: {@code src/main/ecs/<service>/task-definition.json}, {@code src/main/ecs/task-definition.json}
     * ({@code .yaml}, {@code .yml}) when there is one. Example: {@code deploy/orders.json}.
     */
    @Parameter(property = "ecs.taskDefinition.file")
    @Nullable String taskDefinitionFile;

    /** CPU of the task, in units (1024 are a vCPU) or as {@code .25 vCPU}. Default: as it is. Example: {@code 512}. */
    @Parameter(property = "ecs.taskDefinition.cpu")
    @Nullable String taskDefinitionCpu;

    /** Memory of the task, in MiB or as {@code 1 GB}. Default: as it is. Example: {@code 1024}. */
    @Parameter(property = "ecs.taskDefinition.memory")
    @Nullable String taskDefinitionMemory;

    /**
     * Environment of the container that gets the image; what else is in it stays. As properties:
     * {@code ecs.taskDefinition.environment.A=b}; of another container {@code ecs.taskDefinition.<container>.environment.A=b}.
     * Default: none.
     */
    @Parameter
    @Nullable Map<String, String> taskDefinitionEnvironment;

    /**
     * Secrets of the container that gets the image: ARN of a secret or a parameter by the variable's name. As properties:
     * {@code ecs.taskDefinition.secrets.DB_PASSWORD=arn:…}; of another container {@code ecs.taskDefinition.<container>.secrets.A=arn:…}.
     * Default: none.
     */
    @Parameter
    @Nullable Map<String, String> taskDefinitionSecrets;

    /** Tags of the task definition; others stay. As properties: {@code ecs.taskDefinition.tags.team=shop}. Default: none. */
    @Parameter
    @Nullable Map<String, String> taskDefinitionTags;

    /**
     * File with the service, in the form of CreateService, JSON or YAML, relative to the project; a service that is missing is
     * created from it. One that exists is not changed by it. Default: {@code src/main/ecs/<service>/service.json},
     * {@code src/main/ecs/service.json} ({@code .yaml}, {@code .yml}) when there is one. Example: {@code deploy/service.yaml}.
     */
    @Parameter(property = "ecs.service.file")
    @Nullable String serviceFile;

    /** Tasks of a service that is created. Default: the file's, else 1. Example: {@code 2}. */
    @Parameter(property = "ecs.service.desiredCount")
    @Nullable String serviceDesiredCount;

    /** Launch type of a service that is created. Default: the file's, else the cluster's. Example: {@code FARGATE}. */
    @Parameter(property = "ecs.service.launchType")
    @Nullable String serviceLaunchType;

    /** Capacity provider of a service that is created, in the launch type's place. Default: the file's. Example: {@code FARGATE_SPOT}. */
    @Parameter(property = "ecs.service.capacityProvider")
    @Nullable String serviceCapacityProvider;

    /** Subnets of a service that is created, comma separated. Default: the file's. Example: {@code subnet-0a1,subnet-0b2}. */
    @Parameter(property = "ecs.service.subnets")
    @Nullable List<String> serviceSubnets;

    /** Security groups of a service that is created, comma separated. Default: the file's, else the VPC's. Example: {@code sg-0c3}. */
    @Parameter(property = "ecs.service.securityGroups")
    @Nullable List<String> serviceSecurityGroups;

    /** Whether the tasks of a service that is created get a public address. Default: the file's, else no. Example: {@code true}. */
    @Parameter(property = "ecs.service.assignPublicIp")
    @Nullable String serviceAssignPublicIp;

    /** ARN of the target group of a service that is created; it reaches the container that gets the image. Default: the file's. Example: {@code arn:aws:elasticloadbalancing:…}. */
    @Parameter(property = "ecs.service.targetGroup")
    @Nullable String serviceTargetGroup;

    /** Port of that container for the target group. Default: the first of the task definition. Example: {@code 8080}. */
    @Parameter(property = "ecs.service.containerPort")
    @Nullable String serviceContainerPort;

    /**
     * CodeDeploy's application, of a service whose deployment controller is CODE_DEPLOY. Default:
     * {@code AppECS-<cluster>-<service>}, as the AWS console names it; where there is none, that of the service's last
     * deployment. Example: {@code shop}.
     */
    @Parameter(property = "ecs.codeDeploy.application")
    @Nullable String codeDeployApplication;

    /** CodeDeploy's deployment group. Default: {@code DgpECS-<cluster>-<service>}; else as for the application. Example: {@code shop-uat}. */
    @Parameter(property = "ecs.codeDeploy.deploymentGroup")
    @Nullable String codeDeployDeploymentGroup;

    /**
     * File with CodeDeploy's AppSpec, JSON or YAML, relative to the project; the task definition in it is filled in. Default:
     * {@code src/main/ecs/<service>/appspec.json}, {@code src/main/ecs/appspec.json} ({@code .yaml}, {@code .yml}) when there is
     * one, else it is made from the service's load balancer. Example: {@code deploy/appspec.yaml}.
     */
    @Parameter(property = "ecs.codeDeploy.file")
    @Nullable String codeDeployFile;

    @Override
    void checkValues(boolean deployed, Consumer<Runnable> values) {
        super.checkValues(deployed, values);
        values.accept(() -> TaskOptions.requireCpu(OptionText.text(taskDefinitionCpu)));
        values.accept(() -> TaskOptions.requireMemory(OptionText.text(taskDefinitionMemory)));
        values.accept(this::changes);
        values.accept(this::desiredCount);
        values.accept(this::launchType);
        values.accept(this::assignsPublicIp);
        values.accept(this::containerPort);
    }

    /**
     * What the project says of a service.
     *
     * @throws Problem when a file is named and missing, or a property is unknown
     */
    final Wanted wanted(String cluster, String service) {
        FindDefinition find = new FindDefinition(project.getBasedir().toPath(), meanings(cluster, service));
        Optional<ProjectFile> definition =
                find.run("ecs.taskDefinition.file", OptionText.text(taskDefinitionFile), service, "task-definition");
        Optional<ProjectFile> file = find.run("ecs.service.file", OptionText.text(serviceFile), service, "service");
        return new Wanted(
                definition,
                changes(),
                creation(file),
                codeDeploy(find.run("ecs.codeDeploy.file", OptionText.text(codeDeployFile), service, "appspec")));
    }

    /** The same without its files. */
    final Wanted wantedOfProperties() {
        return new Wanted(Optional.empty(), changes(), creation(Optional.empty()), codeDeploy(Optional.empty()));
    }

    private TaskChanges changes() {
        return TaskOptions.read(
                maps(),
                OptionText.text(taskDefinitionCpu),
                OptionText.text(taskDefinitionMemory),
                new TaskOptions.Elements(
                        Objects.requireNonNullElse(taskDefinitionEnvironment, Map.of()),
                        Objects.requireNonNullElse(taskDefinitionSecrets, Map.of()),
                        Objects.requireNonNullElse(taskDefinitionTags, Map.of())));
    }

    private Wanted.CodeDeploy codeDeploy(Optional<ProjectFile> appSpec) {
        return new Wanted.CodeDeploy(
                OptionText.text(codeDeployApplication), OptionText.text(codeDeployDeploymentGroup), appSpec);
    }

    private Optional<Wanted.Creation> creation(Optional<ProjectFile> file) {
        Wanted.Creation creation = new Wanted.Creation(
                file,
                desiredCount(),
                launchType(),
                OptionText.text(serviceCapacityProvider),
                new Wanted.Network(
                        OptionText.list(serviceSubnets), OptionText.list(serviceSecurityGroups), assignsPublicIp()),
                OptionText.text(serviceTargetGroup),
                containerPort());
        return Optional.of(creation).filter(one -> !one.equals(Wanted.Creation.NOTHING));
    }

    private Optional<Integer> desiredCount() {
        return OptionText.text(serviceDesiredCount).map(text -> OptionText.count("ecs.service.desiredCount", text));
    }

    private Optional<String> launchType() {
        return OptionText.text(serviceLaunchType).map(Wanted.Creation::launchType);
    }

    private Optional<Boolean> assignsPublicIp() {
        return OptionText.text(serviceAssignPublicIp).map(text -> OptionText.flag("ecs.service.assignPublicIp", text));
    }

    private Optional<Integer> containerPort() {
        return OptionText.text(serviceContainerPort).map(text -> OptionText.port("ecs.service.containerPort", text, 1));
    }

    /** What <code>${…}</code> in a file may mean; the command line wins over the POM. */
    private Map<String, String> meanings(String cluster, String service) {
        Map<String, String> all = new HashMap<>();
        Stream.of(session.getSystemProperties(), project.getProperties(), session.getUserProperties())
                .forEach(properties -> put(all, properties));
        all.put("project.groupId", project.getGroupId());
        all.put("project.artifactId", project.getArtifactId());
        all.put("project.version", project.getVersion());
        all.put("project.name", project.getName());
        all.put("project.basedir", String.valueOf(project.getBasedir()));
        all.put("ecs.cluster", cluster);
        all.put("ecs.service", service);
        return all;
    }

    private static void put(Map<String, String> all, Properties properties) {
        properties.stringPropertyNames().forEach(name -> all.put(name, properties.getProperty(name)));
    }
}
