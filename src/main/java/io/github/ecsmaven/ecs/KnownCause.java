package io.github.ecsmaven.ecs;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A text of ECS that is understood.
 *
 * @param text to be found in a stopped reason, a container's reason or an event
 * @param saying what it means, to follow a colon
 * @param next what to do
 */
record KnownCause(Pattern text, String saying, String next) {
    /** The more telling ones come first: the text of a failed task often holds several. */
    static final List<KnownCause> TABLE = List.of(
            row(
                    "OutOfMemory",
                    "a container needs more memory than it may have",
                    "raise the container's memory in the task definition, or lower -XX:MaxRAMPercentage so that heap and the rest fit."),
            row(
                    "descriptor (for|matching) platform|exec format error",
                    "the image was not built for the platform of the tasks",
                    "set ecs.from.platforms to the tasks' platform (runtimePlatform.cpuArchitecture), linux/amd64 or linux/arm64, or to both, comma separated."),
            row(
                    "CannotPull.*(not found|whether the image exists)",
                    "the image can't be pulled: it is not there",
                    "check that the registry of the image is the one that the tasks reach, then deploy again."),
            row(
                    "CannotPull.*(403|[Ff]orbidden|denied|not authorized|has the permissions)",
                    "the image can't be pulled: not allowed",
                    "give the execution role ecr:GetAuthorizationToken, ecr:BatchGetImage and ecr:GetDownloadUrlForLayer."),
            row(
                    "CannotPull.*no space left",
                    "the image can't be pulled: the disk is full",
                    "raise ephemeralStorage of the task definition, or clean the instance's disk."),
            row(
                    "toomanyrequests|pull rate limit",
                    "the image can't be pulled: the public registry's limit is reached",
                    "copy the image to ECR, or use a pull-through cache."),
            row(
                    "CannotPull",
                    "the image can't be pulled",
                    "open the way from the tasks to the registry: public IP, NAT or the endpoints ecr.api, ecr.dkr and S3; security group outbound 443."),
            row(
                    "registry auth.*(i/o timeout|connection issue|deadline)",
                    "the tasks do not reach ECR",
                    "give the tasks a public IP, NAT or the endpoints ecr.api, ecr.dkr and S3; security group outbound 443."),
            row(
                    "(secrets?|ssm|asm|Secrets Manager).*(not authorized|AccessDenied)",
                    "the tasks may not read their secrets",
                    "give the execution role (not the task role) ssm:GetParameters or secretsmanager:GetSecretValue on them."),
            row(
                    "can't retrieve the secret",
                    "a secret of the task definition does not exist",
                    "create it in this region, or correct valueFrom in the task definition."),
            row(
                    "ResourceInitializationError.*(secret|ssm|asm)",
                    "the tasks do not reach their secrets",
                    "give the tasks NAT or the endpoints ssm and secretsmanager; security group outbound 443."),
            row(
                    "log group does not exist",
                    "the log group does not exist",
                    "create the log group of the task definition's logConfiguration, or set awslogs-create-group."),
            row(
                    "ResourceInitializationError.*logg",
                    "the log driver can't be set up",
                    "check logConfiguration of the container and logs:CreateLogStream of the execution role."),
            row(
                    "ResourceInitializationError.*EFS",
                    "the EFS volume can't be mounted",
                    "check the mount targets, port 2049 and the task role's elasticfilesystem:ClientMount."),
            row(
                    "executable file not found",
                    "the container's command was not found",
                    "check entryPoint and command of the container in the task definition: a list of words."),
            row(
                    "failed ELB health checks|is unhealthy in \\((target-group|elb)",
                    "the load balancer's health check fails",
                    "check path and port of the target group's health check and the security groups; raise healthCheckGracePeriodSeconds when the application starts slowly."),
            row(
                    "failed container health checks",
                    "the container's health check fails",
                    "run the health check's command inside the image; raise startPeriod or retries in the task definition."),
            row(
                    "No Container Instances|no container instance met|RESOURCE:(CPU|MEMORY|ENI)|NO ACTIVE INSTANCES|EMPTY CAPACITY",
                    "no capacity to place the tasks",
                    "add instances to the cluster, or lower cpu and memory of the task definition."),
            row(
                    "Capacity is unavailable|limit on the number of (tasks|vCPUs)|above your limit",
                    "no capacity to place the tasks",
                    "raise the Fargate quota of the account, or try other subnets or a little later."),
            row(
                    "unable to assume the role",
                    "ECS may not take a role of the task definition",
                    "check the trust policy (ecs-tasks.amazonaws.com) of the task role and the execution role."),
            row(
                    "alarm detected",
                    "a CloudWatch alarm of the deployment went off",
                    "look at the alarm's metric, then deploy again."),
            row(
                    "Essential container in task exited",
                    "the new tasks do not start",
                    "read the container's log; the first 'Caused by' is the cause. Then deploy again."));

    static Optional<KnownCause> of(List<String> texts) {
        return TABLE.stream()
                .filter(row ->
                        texts.stream().anyMatch(text -> row.text.matcher(text).find()))
                .findFirst();
    }

    private static KnownCause row(String text, String saying, String next) {
        return new KnownCause(Pattern.compile(text, Pattern.DOTALL), saying, next);
    }
}
