package io.github.ecsmaven.ecs.definition;

import io.github.ecsmaven.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.LaunchType;

/**
 * What the project itself says of a service.
 *
 * @param taskDefinition the file that it comes from; empty: what the service has is taken
 * @param changes in the task definition
 * @param service how it is created when it is missing; empty: its absence is an error
 * @param codeDeploy who deploys it when its deployment controller is CODE_DEPLOY
 */
public record Wanted(
        Optional<ProjectFile> taskDefinition, TaskChanges changes, Optional<Creation> service, CodeDeploy codeDeploy) {
    /** Nothing: the service is as it is, but for the image. */
    public static final Wanted NOTHING =
            new Wanted(Optional.empty(), TaskChanges.NONE, Optional.empty(), CodeDeploy.USUAL);

    /**
     * What CodeDeploy is asked to do.
     *
     * @param application its name; empty: the one that AWS's console makes for the service, or the service's last one
     * @param deploymentGroup as application
     * @param appSpec the file; empty: it is made from the service's load balancer
     */
    public record CodeDeploy(
            Optional<String> application, Optional<String> deploymentGroup, Optional<ProjectFile> appSpec) {
        public static final CodeDeploy USUAL = new CodeDeploy(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * A service to be created; each value wins over the file's.
     *
     * @param file in the form of CreateService
     * @param desiredCount how many tasks
     * @param launchType {@code FARGATE}, {@code EC2} or {@code EXTERNAL}
     * @param capacityProvider in the launch type's place
     * @param network of tasks with network mode awsvpc
     * @param targetGroup ARN, for the container that gets the image
     * @param port of that container which the target group reaches; empty: the first of the task definition
     */
    public record Creation(
            Optional<ProjectFile> file,
            Optional<Integer> desiredCount,
            Optional<String> launchType,
            Optional<String> capacityProvider,
            Network network,
            Optional<String> targetGroup,
            Optional<Integer> port) {
        /** Neither file nor property: a missing service is not created. */
        public static final Creation NOTHING = new Creation(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Network(List.of(), List.of(), Optional.empty()),
                Optional.empty(),
                Optional.empty());

        /**
         * Reads {@code ecs.service.launchType}, written in any case.
         *
         * @throws Problem when ECS knows no such type
         */
        public static String launchType(String text) {
            String type = text.toUpperCase(Locale.ROOT);
            if (LaunchType.fromValue(type) == LaunchType.UNKNOWN_TO_SDK_VERSION) {
                throw Problem.ofProject(
                        "'" + text + "' is not a launch type (ecs.service.launchType).",
                        "write one of "
                                + LaunchType.knownValues().stream()
                                        .map(LaunchType::toString)
                                        .sorted()
                                        .collect(Collectors.joining(", "))
                                + ".");
            }
            return type;
        }
    }

    /**
     * @param subnets ids
     * @param securityGroups ids
     * @param publicIp whether tasks get a public address; empty: ECS's default, no
     */
    public record Network(List<String> subnets, List<String> securityGroups, Optional<Boolean> publicIp) {
        public Network {
            subnets = List.copyOf(subnets);
            securityGroups = List.copyOf(securityGroups);
        }
    }
}
