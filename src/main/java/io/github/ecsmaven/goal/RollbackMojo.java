package io.github.ecsmaven.goal;

import io.github.ecsmaven.DurationText;
import io.github.ecsmaven.RecordFile;
import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.aws.AwsSettings;
import io.github.ecsmaven.ecs.RollBackRequest;
import io.github.ecsmaven.ecs.RollBackService;
import io.github.ecsmaven.ecs.Rollout;
import io.github.ecsmaven.ecs.definition.Wanted;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** Brings the ECS service back onto its last good version, or onto the one that is named, and watches that to its true end. */
@Mojo(name = "rollback", threadSafe = true)
public final class RollbackMojo extends AwsMojo {
    /** ECS cluster, name or ARN. Example: {@code uat}. */
    @Parameter(property = "ecs.cluster", defaultValue = "default")
    String cluster;

    /** ECS services, comma separated. Default: the artifactId. Example: {@code orders,orders-worker}. */
    @Parameter(property = "ecs.service", defaultValue = "${project.artifactId}")
    List<String> service;

    /**
     * What to go back to: a revision ({@code 17}, {@code orders:17} or an ARN) or a digest. Default: the last deployment that
     * completed with another task definition than the service has now. Example: {@code -Decs.to=17},
     * {@code -Decs.to=sha256:3f9c…}.
     */
    @Parameter(property = "ecs.to")
    @Nullable String to;

    /** Waits for the outcome. Example: {@code false}. */
    @Parameter(property = "ecs.wait", defaultValue = "true")
    String await;

    /** How long to wait for the outcome; then the build fails. As {@code 90s}, {@code 15m}, {@code 2h} or ISO 8601. Example: {@code PT15M}. */
    @Parameter(property = "ecs.timeout", defaultValue = "15m")
    String timeout;

    /** Says what would change and changes nothing. Example: {@code -Decs.dryRun}. */
    @Parameter(property = "ecs.dryRun", defaultValue = "false")
    String dryRun;

    /** As of {@code ecs:redeploy}. */
    @Parameter(property = "ecs.codeDeploy.application")
    @Nullable String codeDeployApplication;

    /** As of {@code ecs:redeploy}. */
    @Parameter(property = "ecs.codeDeploy.deploymentGroup")
    @Nullable String codeDeployDeploymentGroup;

    @Override
    void work() throws InterruptedException {
        List<RollBackRequest> requests =
                RedeployMojo.services(service).stream().map(this::request).toList();
        AwsSettings settings = aws();
        rollouts().attend();
        try (AwsClients clients = new AwsClients(settings, System.getenv())) {
            List<Rollout> recorded = new ArrayList<>();
            for (RollBackRequest request : requests) {
                ConsoleRolloutLog log = new ConsoleRolloutLog(getLog(), request.service(), rollouts());
                RollBackService back = new RollBackService(
                        apis(clients, settings), log, Clock.systemUTC(), time -> Thread.sleep(time.toMillis()));
                String done;
                try {
                    done = back.run(request, rollout -> record(recorded, rollout));
                } finally {
                    log.gone();
                }
                getLog().info(done);
            }
        } finally {
            rollouts().leave();
        }
    }

    /** Written after each service: the next one may fail for any reason. */
    private void record(List<Rollout> rollouts, Rollout ended) {
        rollouts.add(ended);
        RecordFile.write(files().redeploy(), new Rollout.Redeploy(rollouts));
    }

    private RollBackRequest request(String name) {
        return new RollBackRequest(
                cluster,
                name,
                OptionText.text(to),
                OptionText.flag("ecs.wait", await),
                DurationText.parse("ecs.timeout", timeout),
                OptionText.flag("ecs.dryRun", dryRun),
                new Wanted.CodeDeploy(
                        OptionText.text(codeDeployApplication),
                        OptionText.text(codeDeployDeploymentGroup),
                        Optional.empty()));
    }
}
