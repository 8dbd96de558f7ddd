package io.github.ecsmaven.ecs.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.NearestNames;
import io.github.ecsmaven.Problem;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Service;

/**
 * What CodeDeploy is told to deploy: the project's file with the task definition filled in, or one made from the service's load
 * balancer. Pure. The form is that of "AppSpec 'resources' section for Amazon ECS deployments" in CodeDeploy's user guide.
 *
 * @param content JSON, which CodeDeploy takes as well as YAML
 */
public record AppSpec(String content) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String TYPE = "AWS::ECS::Service";

    /**
     * @param service as it is now
     * @param task that it shall run
     * @param taskDefinition its ARN
     * @throws Problem when the file can't be used, or container and port are not those of the task definition
     */
    public static AppSpec of(Optional<ProjectFile> file, Service service, WantedTask task, String taskDefinition) {
        ObjectNode whole = file.map(AppSpec::read).orElseGet(() -> made(service));
        String name = file.map(ProjectFile::name).orElse("The AppSpec");
        ObjectNode properties = properties(name, whole);
        set(properties, "TaskDefinition", JSON.textNode(taskDefinition));
        check(name, properties, task.definition());
        return new AppSpec(whole.toString());
    }

    /** Hex digits of the SHA-256 of the content, which CodeDeploy wants beside it. */
    public String sha256() {
        try {
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * The ARN that it names.
     *
     * @param deployment whose AppSpec it is, for errors
     */
    public String taskDefinition(String deployment) {
        String name = "The AppSpec of " + deployment;
        return get(properties(name, read(new ProjectFile(name + ".yaml", content, Map.of()))), "TaskDefinition")
                .asText();
    }

    // ---- made

    /** What CodeDeploy would else take from the cluster's defaults is the service's: platform, providers and network. */
    private static ObjectNode made(Service service) {
        LoadBalancer balancer = service.loadBalancers().stream()
                .filter(one -> one.containerName() != null)
                .findFirst()
                .orElseThrow(() -> Problem.ofProject(
                        "The service '" + service.serviceName()
                                + "' has no load balancer from which an AppSpec could be made.",
                        "write src/main/ecs/appspec.yaml, with ContainerName and ContainerPort."));
        ObjectNode whole = JSON.objectNode();
        whole.put("version", new BigDecimal("0.0"));
        ObjectNode target = whole.putArray("Resources").addObject().putObject("TargetService");
        target.put("Type", TYPE);
        ObjectNode properties = target.putObject("Properties");
        properties
                .putObject("LoadBalancerInfo")
                .put("ContainerName", balancer.containerName())
                .put("ContainerPort", balancer.containerPort());
        if (service.platformVersion() != null) {
            properties.put("PlatformVersion", service.platformVersion());
        }
        network(service, properties);
        service.capacityProviderStrategy().forEach(item -> properties
                .withArray("CapacityProviderStrategy")
                .addObject()
                .put("CapacityProvider", item.capacityProvider())
                .put("Base", item.base())
                .put("Weight", item.weight()));
        return whole;
    }

    private static void network(Service service, ObjectNode properties) {
        if (service.networkConfiguration() == null
                || service.networkConfiguration().awsvpcConfiguration() == null) {
            return;
        }
        var vpc = service.networkConfiguration().awsvpcConfiguration();
        ObjectNode to = properties.putObject("NetworkConfiguration").putObject("AwsvpcConfiguration");
        ArrayNode subnets = to.putArray("Subnets");
        vpc.subnets().forEach(subnets::add);
        ArrayNode groups = to.putArray("SecurityGroups");
        vpc.securityGroups().forEach(groups::add);
        if (vpc.assignPublicIp() != null) {
            to.put("AssignPublicIp", vpc.assignPublicIpAsString());
        }
    }

    // ---- read

    private static ObjectNode read(ProjectFile file) {
        ObjectNode whole = (ObjectNode) json(file.read());
        if (get(whole, "version").isMissingNode()) {
            whole.put("version", new BigDecimal("0.0"));
        }
        return whole;
    }

    private static JsonNode json(Written written) {
        if (written instanceof Written.Fields object) {
            ObjectNode node = JSON.objectNode();
            object.fields().forEach(field -> node.set(field.name(), json(field.value())));
            return node;
        }
        if (written instanceof Written.Items list) {
            ArrayNode node = JSON.arrayNode();
            list.values().forEach(value -> node.add(json(value)));
            return node;
        }
        Written.Scalar scalar = (Written.Scalar) written;
        return switch (scalar.kind()) {
            case TEXT -> JSON.textNode(scalar.text());
            case NUMBER -> JSON.numberNode(new BigDecimal(scalar.text()));
            case TRUTH -> JSON.booleanNode(Boolean.parseBoolean(scalar.text()));
            case NULL -> JSON.nullNode();
        };
    }

    private static ObjectNode properties(String name, ObjectNode whole) {
        JsonNode resources = get(whole, "Resources");
        if (resources.size() != 1 || resources.path(0).size() != 1) {
            throw Problem.ofProject(
                    name + " has to name exactly one service below Resources.",
                    "write Resources: [{TargetService: {Type: " + TYPE + ", Properties: …}}].");
        }
        JsonNode target = resources.path(0).elements().next();
        if (!get(target, "Type").asText().equals(TYPE)) {
            throw Problem.ofProject(
                    name + " is not about an ECS service: Type is '"
                            + get(target, "Type").asText() + "'.",
                    "write Type: " + TYPE + ".");
        }
        if (!(get(target, "Properties") instanceof ObjectNode properties)) {
            throw Problem.ofProject(
                    name + " has no Properties.",
                    "write Properties with LoadBalancerInfo: ContainerName, ContainerPort.");
        }
        return properties;
    }

    private static void check(String name, ObjectNode properties, RegisterTaskDefinitionRequest definition) {
        JsonNode balancer = get(properties, "LoadBalancerInfo");
        String container = get(balancer, "ContainerName").asText();
        String port = get(balancer, "ContainerPort").asText();
        if (!port.matches("\\d{1,5}") || !(balancer instanceof ObjectNode info)) {
            throw Problem.ofProject(
                    name + " does not say where the load balancer reaches the tasks.",
                    "write LoadBalancerInfo: {ContainerName: …, ContainerPort: 8080}.");
        }
        // A placeholder makes a text of it.
        set(info, "ContainerPort", JSON.numberNode(Integer.parseInt(port)));
        List<ContainerDefinition> containers = definition.containerDefinitions();
        ContainerDefinition found = containers.stream()
                .filter(one -> one.name().equals(container))
                .findFirst()
                .orElseThrow(() -> noContainer(name, container, definition));
        List<Integer> ports = found.portMappings().stream()
                .map(mapping -> mapping.containerPort())
                .filter(Objects::nonNull)
                .toList();
        if (!ports.contains(Integer.valueOf(port))) {
            throw Problem.ofProject(
                    name + " leads to port " + port + ", which the container '" + container
                            + "' does not have in the task definition.",
                    List.of("It has " + (ports.isEmpty() ? "none" : ports) + "."),
                    "correct ContainerPort, or add the port to portMappings of the task definition.");
        }
    }

    private static Problem noContainer(String name, String container, RegisterTaskDefinitionRequest definition) {
        List<String> names = definition.containerDefinitions().stream()
                .map(ContainerDefinition::name)
                .toList();
        List<String> near = NearestNames.of(container, names);
        return Problem.ofProject(
                name + " leads to the container '" + container + "', which the task definition '" + definition.family()
                        + "' does not have.",
                List.of("It has " + String.join(", ", names) + "."),
                "write ContainerName: " + (near.isEmpty() ? names : near).get(0) + ".");
    }

    // ---- AWS's own examples differ in capitals; the CLI takes names in any.

    private static JsonNode get(JsonNode object, String name) {
        return object.path(written(object, name).orElse(name));
    }

    private static void set(ObjectNode object, String name, JsonNode value) {
        object.set(written(object, name).orElse(name), value);
    }

    private static Optional<String> written(JsonNode object, String name) {
        return object.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name::equalsIgnoreCase)
                .findFirst();
    }
}
