package io.github.ecsmaven.goal;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.aws.AwsSettings;
import io.github.ecsmaven.aws.CallerIdentity;
import io.github.ecsmaven.ecr.CheckRepository;
import io.github.ecsmaven.ecr.PushImage;
import io.github.ecsmaven.ecr.ScanGate;
import io.github.ecsmaven.ecs.CheckService;
import io.github.ecsmaven.ecs.RolloutRequest;
import io.github.ecsmaven.image.BuildImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Looks at AWS before a build that is going to deploy: region, credentials, repository, cluster, service and container; and
 * says as whom. So a wrong name fails in the first seconds, and not after the tests; and it fails before anything is pushed.
 * The sandbox, which makes what is missing, is looked at right before the push, as far as the service is there. Changes
 * nothing.
 */
@Mojo(name = "preflight", defaultPhase = LifecyclePhase.INITIALIZE, threadSafe = true)
public final class PreflightMojo extends ServiceMojo {
    /** As of {@code ecs:push}. */
    @Parameter(property = "ecs.repository", defaultValue = "${project.artifactId}")
    String repository;

    /** As of {@code ecs:push}. */
    @Parameter(property = "ecs.registry")
    @Nullable String registry;

    /** As of {@code ecs:push}. */
    @Parameter(property = "ecs.to.image")
    @Nullable String toImage;

    /** As of {@code ecs:push}; tags that can't be made fail here. */
    @Parameter(property = "ecs.tags")
    @Nullable List<String> tags;

    /** As of {@code ecs:push}. */
    @Parameter(property = "ecs.createRepository", defaultValue = "false")
    String createRepository;

    /** As of {@code ecs:push}; a scan that can't be had fails here. */
    @Parameter(property = "ecs.scan.failOn")
    @Nullable String scanFailOn;

    /** As of {@code ecs:push}. */
    @Parameter(property = "ecs.scan.timeout", defaultValue = "5m")
    String scanTimeout;

    /** As of {@code ecs:push}. */
    @Parameter(property = "ecs.scan.unsupported", defaultValue = "fail")
    String scanUnsupported;

    /** As of {@code ecs:redeploy}. */
    @Parameter(property = "ecs.cluster", defaultValue = "default")
    String cluster;

    /** As of {@code ecs:redeploy}. */
    @Parameter(property = "ecs.service", defaultValue = "${project.artifactId}")
    List<String> service;

    /** As of {@code ecs:redeploy}. */
    @Parameter(property = "ecs.containerName")
    @Nullable String containerName;

    /** As of {@code ecs:redeploy}. */
    @Parameter(property = "ecs.wait", defaultValue = "true")
    String await;

    /** As of {@code ecs:redeploy}. */
    @Parameter(property = "ecs.waitFor", defaultValue = "complete")
    String waitFor;

    /** As of {@code ecs:redeploy}; one that a deployment with bake time can't keep to fails here. */
    @Parameter(property = "ecs.timeout", defaultValue = "15m")
    String timeout;

    /** Set it to false where the build itself makes the service or the repository. */
    @Parameter(property = "ecs.preflight", defaultValue = "true")
    String preflight;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    MojoExecution execution;

    @Override
    void work() throws InterruptedException {
        if (!isWanted()) {
            getLog().info("Skipped (ecs.preflight).");
        } else if (inReactor() && !BuildImage.hasMainClass(new ProjectContents(project).application())) {
            getLog().debug("No main class in " + project.getArtifactId() + ": a library, nothing is deployed.");
        } else if (board().first("preflight " + execution.getExecutionId() + "@" + project.getId())) {
            // A fork of the lifecycle, as source:jar's, comes by again; AWS need not be asked twice.
            look();
        }
    }

    @Override
    void checkValues(boolean deployed, Consumer<Runnable> values) {
        super.checkValues(deployed, values);
        values.accept(this::isWanted);
    }

    private boolean isWanted() {
        return OptionText.flag("ecs.preflight", preflight);
    }

    private Optional<RolloutRequest.Wait> forOutcome() {
        return OptionText.flag("ecs.wait", await)
                ? Optional.of(RedeployMojo.forOutcome(waitFor, timeout))
                : Optional.empty();
    }

    private void look() throws InterruptedException {
        ProjectTags.of(OptionText.list(tags), project, session, System.getenv());
        Optional<ScanGate> scan = RepositoryOptions.scanGate(scanFailOn, scanTimeout, scanUnsupported);
        OptionText.text(toImage).ifPresent(name -> CheckRepository.requireUnscanned(name, scan));
        AwsSettings settings = aws();
        try (AwsClients clients = new AwsClients(settings, System.getenv())) {
            if (!onSandbox()) {
                sayWho(clients, settings);
            }
            String image = OptionText.text(toImage).orElseGet(() -> inEcr(clients, scan));
            CheckService check = new CheckService(apis(clients, settings));
            List<String> found = new ArrayList<>();
            for (String name : RedeployMojo.services(service)) {
                if (!onSandbox() || check.isThere(cluster, name)) {
                    String what = check.run(
                            cluster, name, OptionText.text(containerName), image, wanted(cluster, name), forOutcome());
                    found.add(name + " (" + what + ")");
                }
            }
            if (!onSandbox()) {
                getLog().info("Will push to " + image + " and redeploy " + String.join(", ", found) + " in " + cluster
                        + ", " + clients.region());
            }
        }
    }

    /** As the push will name it. */
    private String inEcr(AwsClients clients, Optional<ScanGate> scan) {
        boolean creates = OptionText.flag("ecs.createRepository", createRepository) || onSandbox();
        String uri = new CheckRepository(clients.ecr()).run(repository, creates, scan.isPresent());
        return PushImage.address(uri, OptionText.text(registry));
    }

    /** Once for all modules that call AWS alike. */
    private void sayWho(AwsClients clients, AwsSettings settings) {
        if (!board().first("who " + settings)) {
            return;
        }
        try {
            CallerIdentity who = clients.callerIdentity();
            getLog().info("AWS account " + who.account() + " in " + clients.region() + ", as " + who.arn());
        } catch (Problem unknown) {
            if (unknown.blame() == Problem.Blame.PROJECT) {
                throw unknown;
            }
            // A network may lead to ECR and ECS and not to STS: the deploy needs only these.
            getLog().debug("AWS does not say who this is: " + unknown.what());
        }
    }
}
