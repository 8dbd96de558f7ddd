package io.github.ecsmaven.ecs;

import java.util.function.Supplier;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/**
 * The services of AWS that a rollout needs.
 *
 * @param ecs for all of it
 * @param together DescribeServices for those that are watched at the same time
 * @param logs for the explanation of a failure only, so it is made when it is asked for
 * @param balancers as logs
 * @param codeDeploy for services that CodeDeploy deploys
 * @param sandbox whether all of this is the sandbox on this machine: it has a page in the console's place, and no rate to be shared with others
 */
public record RolloutApis(
        EcsClient ecs,
        DescribeTogether together,
        Supplier<CloudWatchLogsClient> logs,
        Supplier<ElasticLoadBalancingV2Client> balancers,
        Supplier<CodeDeployClient> codeDeploy,
        boolean sandbox) {}
