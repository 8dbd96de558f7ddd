package io.github.ecsmaven.goal;

import io.github.ecsmaven.DurationText;
import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.aws.AwsSettings;
import io.github.ecsmaven.ecs.RollBackRequest;
import io.github.ecsmaven.ecs.RollBackServices;
import io.github.ecsmaven.ecs.RolloutApis;
import io.github.ecsmaven.ecs.definition.Wanted;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Brings the ECS service back onto its last good version, or onto the one that is named, and watches that to its true end. Several
 * services, and those of a reactor's modules, are brought back at the same time, each once; a module that has no service is passed over.
 */
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

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    MojoExecution execution;

    @Override
    void work() throws Exception {
        given().require("ecs.cluster", cluster);
        given().require("ecs.service", OptionText.list(service));
        List<RollBackRequest> asked =
                RedeployMojo.services(service).stream().map(this::request).toList();
        AwsSettings settings = aws();
        RollbackTurn turn = new RollbackTurn(board(), getLog());
        List<RollBackRequest> ours = turn.take(settings, asked);
        if (ours.isEmpty()) {
            return;
        }
        AwsClients clients = new AwsClients(settings, System.getenv());
        GoalRunner.Work work = () -> {
            try (clients) {
                rollBack(ours, turn, apis(clients, settings));
            }
        };
        if (ours.get(0).await() && isFollowed()) {
            // One after the other would take long, and a failure of the first would keep the others back.
            goOnBehind(execution, "rollback", work);
        } else {
            attended(work);
        }
    }

    private void attended(GoalRunner.Work work) throws Exception {
        rollouts().attend();
        try {
            work.run();
        } finally {
            rollouts().leave();
        }
    }

    private void rollBack(List<RollBackRequest> ours, RollbackTurn turn, RolloutApis apis) throws InterruptedException {
        RollbackEnds ends = new RollbackEnds(
                files(), getLog(), ours.stream().map(RollBackRequest::service).toList(), inReactor(), rollouts());
        RollBackServices back =
                new RollBackServices(apis, ends::log, Clock.systemUTC(), time -> Thread.sleep(time.toMillis()));
        try {
            // A library's artifactId is no service's name.
            boolean mayBeMissing = inReactor() && service.equals(List.of(project.getArtifactId()));
            back.run(mayBeMissing ? turn.present(ours, back::isThere, modules()) : ours, ends);
        } finally {
            ends.gone();
        }
    }

    private int modules() {
        return (int) session.getProjects().stream().filter(EcsMojo::mayGetImage).count();
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
