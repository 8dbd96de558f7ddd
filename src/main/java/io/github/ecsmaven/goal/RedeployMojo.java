package io.github.ecsmaven.goal;

import io.github.ecsmaven.Digest;
import io.github.ecsmaven.DurationText;
import io.github.ecsmaven.ImageIndex;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.aws.AwsSettings;
import io.github.ecsmaven.ecr.PushedImage;
import io.github.ecsmaven.ecs.CheckService;
import io.github.ecsmaven.ecs.EcsNames;
import io.github.ecsmaven.ecs.RedeployServices;
import io.github.ecsmaven.ecs.RolloutRequest;
import io.github.ecsmaven.ecs.ServiceCheck;
import io.github.ecsmaven.ecs.definition.Wanted;
import io.github.ecsmaven.ecs.verdict.WaitFor;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** Brings the ECS service onto the pushed image and watches the rollout to its true end. */
@Mojo(name = "redeploy", defaultPhase = LifecyclePhase.DEPLOY, threadSafe = true)
public final class RedeployMojo extends ServiceMojo {
    private static final int NEW_SERVICE_MEMORY = 512;

    /** ECS cluster, name or ARN. Example: {@code uat}. */
    @Parameter(property = "ecs.cluster", defaultValue = "default")
    String cluster;

    /** ECS services, comma separated; each gets one update, and they are watched together. Default: the artifactId. Example: {@code orders,orders-worker}. */
    @Parameter(property = "ecs.service", defaultValue = "${project.artifactId}")
    List<String> service;

    /** Container of the task definition. Default: the only one, or the one that already runs this repository. Example: {@code web}. */
    @Parameter(property = "ecs.containerName")
    @Nullable String containerName;

    /**
     * {@code revision}: a new task definition pinned to the digest; {@code restart}: the tag has moved, the service is restarted
     * with the task definition that it has. Example: {@code restart}.
     */
    @Parameter(property = "ecs.mode", defaultValue = "revision")
    String mode;

    /** Waits for the outcome. When false the build ends once ECS has begun the rollout: nothing is proved, and the plugin rolls nothing back. Example: {@code false}. */
    @Parameter(property = "ecs.wait", defaultValue = "true")
    String await;

    /**
     * What is waited for. {@code complete}: ECS has completed the deployment, the bake time is over and the old tasks are gone.
     * {@code traffic}: all production traffic is on the new tasks; the build ends green while ECS still bakes, and may roll back
     * later. In a rolling update that is when the new tasks run and the old ones only finish their last requests. Example:
     * {@code traffic}.
     */
    @Parameter(property = "ecs.waitFor", defaultValue = "complete")
    String waitFor;

    /**
     * In a reactor, Maven builds the next modules while this one's rollout is watched, and the build waits for all rollouts at
     * its end. When false each module waits for its own, for goals that need the new version. Example: {@code false}.
     */
    @Parameter(property = "ecs.overlap", defaultValue = "true")
    String overlap;

    /**
     * How long to wait for the outcome; then the build fails. Bake time and pauses between steps of the service's deployment
     * strategy are part of it. As {@code 90s}, {@code 15m}, {@code 2h} or ISO 8601. Example: {@code PT15M}.
     */
    @Parameter(property = "ecs.timeout", defaultValue = "15m")
    String timeout;

    /**
     * Ends on the last good version when the rollout fails. When false the service is left as it is; a circuit breaker of ECS
     * that rolls back does so all the same. Example: {@code false}.
     */
    @Parameter(property = "ecs.rollback", defaultValue = "true")
    String rollback;

    /** Says what would change and changes nothing. Example: {@code -Decs.dryRun}. */
    @Parameter(property = "ecs.dryRun", defaultValue = "false")
    String dryRun;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    MojoExecution execution;

    @Override
    void work() throws InterruptedException {
        SessionRollouts known = new SessionRollouts(session);
        if (inReactor() && files().readImage().isEmpty()) {
            getLog().debug("No image in " + project.getArtifactId() + ", nothing to redeploy.");
            known.none(project);
            return;
        }
        refuseAfterFailure();
        known.begun(project);
        boolean well = false;
        boolean behind = false;
        try {
            behind = redeploy(pushed(), known);
            well = true;
        } finally {
            if (!behind) {
                known.ended(project, well);
            }
        }
    }

    @Override
    void checkValues(boolean deployed, Consumer<Runnable> values) {
        super.checkValues(deployed, values);
        // Each by itself: a request stops at the first that is wrong.
        values.accept(this::overlaps);
        values.accept(this::mode);
        values.accept(this::waits);
        values.accept(() -> waitFor(waitFor));
        values.accept(() -> timeout(timeout));
        values.accept(this::rollsBack);
        values.accept(this::isDryRun);
        values.accept(() -> given().require("ecs.cluster", cluster));
        values.accept(() -> given().require("ecs.service", OptionText.list(service)));
        values.accept(() -> EcsNames.requireCluster(cluster));
        values.accept(() -> services(service).forEach(name -> checkService(name, deployed, values)));
    }

    private void checkService(String name, boolean deployed, Consumer<Runnable> values) {
        values.accept(() -> checkSmoke(name));
        // A library's artifactId need not be the name of a service.
        if (deployed || !name.equals(project.getArtifactId())) {
            values.accept(() -> EcsNames.requireService(name));
        }
        values.accept(() -> read(name, deployed ? wanted(cluster, name) : wantedOfProperties()));
    }

    /** @throws Problem when a smoke test is wanted, and nobody waits until there is something to ask */
    private void checkSmoke(String name) {
        if (smoke(name).isPresent() && !waits()) {
            throw Problem.ofProject(
                    "A smoke test asks the new version (ecs.smoke.url), but nobody waits for it (ecs.wait=false).",
                    "remove one of the two: ecs.wait=false, or ecs.smoke.url.");
        }
    }

    private void read(String name, Wanted wanted) {
        RolloutRequest.requireTogether(mode(), wanted.changes());
        // Else the preflight reads the files, and asks AWS beside it.
        if (onSandbox()) {
            CheckService.read(cluster, name, wanted);
        }
    }

    private boolean overlaps() {
        return OptionText.flag("ecs.overlap", overlap);
    }

    private RolloutRequest.Mode mode() {
        return OptionText.choice("ecs.mode", mode, RolloutRequest.Mode.class);
    }

    private boolean waits() {
        return OptionText.flag("ecs.wait", await);
    }

    private boolean rollsBack() {
        return OptionText.flag("ecs.rollback", rollback);
    }

    private boolean isDryRun() {
        return OptionText.flag("ecs.dryRun", dryRun);
    }

    /** A dry run goes on from a dry push; when there was none, from what is pushed. */
    private PushedImage pushed() {
        return Optional.of(files())
                .filter(files -> isDryRun())
                .flatMap(GoalFiles::readPlannedPush)
                .orElseGet(files()::requirePush);
    }

    /** @return whether it goes on behind the goal */
    private boolean redeploy(PushedImage pushed, SessionRollouts known) throws InterruptedException {
        given().require("ecs.cluster", cluster);
        given().require("ecs.service", OptionText.list(service));
        services(service).forEach(this::checkSmoke);
        List<RolloutRequest> requests = services(service).stream()
                .map(name -> request(name, wanted(cluster, name), pushed))
                .toList();
        AwsSettings settings = aws();
        Map<String, ConsoleRolloutLog> logs = new LinkedHashMap<>();
        requests.forEach(one -> logs.put(one.service(), new ConsoleRolloutLog(getLog(), one.service(), rollouts())));
        AwsClients clients = new AwsClients(settings, System.getenv());
        boolean behind = false;
        SmokePart smoke = new SmokePart(board(), project);
        RolloutEnds ended = new RolloutEnds(board(), project, logs, smoke, isDryRun());
        try {
            RedeployServices.UnderWay underWay = new RedeployServices(
                            apis(clients, settings),
                            logs::get,
                            name -> check(name, logs, smoke),
                            Clock.systemUTC(),
                            time -> Thread.sleep(time.toMillis()))
                    .begin(requests, ended);
            behind = underWay.isWell() && mayGoOnBehind();
            if (behind) {
                followBehind(underWay, ended, clients, known);
            } else {
                follow(underWay);
            }
            return behind;
        } finally {
            if (!behind) {
                ended.gone();
                clients.close();
            }
        }
    }

    private Optional<ServiceCheck> check(String name, Map<String, ConsoleRolloutLog> logs, SmokePart smoke) {
        return smoke(name)
                .map(request -> new SmokeOfService(
                        name, request, asking(request, name, Objects.requireNonNull(logs.get(name))::planned), smoke));
    }

    private void follow(RedeployServices.UnderWay underWay) {
        rollouts().attend();
        try {
            underWay.follow();
        } finally {
            rollouts().leave();
        }
    }

    /** With the last module there is nothing to go on with. */
    private boolean mayGoOnBehind() {
        return overlaps() && waits() && isFollowed();
    }

    private void followBehind(
            RedeployServices.UnderWay underWay, RolloutEnds ended, AwsClients clients, SessionRollouts known) {
        getLog().info("The rollout of " + ended.services()
                + " goes on while the next modules are built; the build waits for it at its end.");
        ended.goOnBehind();
        goOnBehind(execution, "rollout", () -> {
            boolean well = false;
            try (clients) {
                underWay.follow();
                well = true;
            } finally {
                ended.gone();
                known.ended(project, well);
            }
        });
    }

    /** As Maven itself: after a failure nothing more is begun, unless it was asked to go on. */
    private void refuseAfterFailure() {
        Optional<String> failure = board().failedBehind().filter(what -> Reactor.endsAtFirstFailure(session));
        if (failure.isPresent()) {
            throw Problem.ofProject(
                    project.getArtifactId() + " is not redeployed: another rollout of this build has failed.",
                    List.of(failure.get()),
                    "see to that one first; with --fail-at-end the other modules are deployed all the same.");
        }
    }

    /** @throws Problem when none is named */
    static List<String> services(List<String> service) {
        List<String> services = OptionText.list(service).stream().distinct().toList();
        if (services.isEmpty()) {
            throw Problem.ofProject("No service is named (ecs.service).", "write -Decs.service=orders.");
        }
        return services;
    }

    static RolloutRequest.Wait forOutcome(String waitFor, String timeout) {
        return new RolloutRequest.Wait(waitFor(waitFor), timeout(timeout));
    }

    private static WaitFor waitFor(String text) {
        return OptionText.choice("ecs.waitFor", text, WaitFor.class);
    }

    private static Duration timeout(String text) {
        return DurationText.parse("ecs.timeout", text);
    }

    /** @throws Problem when a value can't be right */
    private RolloutRequest request(String name, Wanted wanted, PushedImage pushed) {
        RolloutRequest.Mode how = mode();
        RolloutRequest.requireTogether(how, wanted.changes());
        return new RolloutRequest(
                cluster,
                name,
                image(how, pushed),
                pushed.digest(),
                platforms(pushed),
                OptionText.text(containerName),
                how,
                waits(),
                waitFor(waitFor),
                timeout(timeout),
                rollsBack(),
                isDryRun(),
                onSandbox() ? Optional.of(newService()) : Optional.empty(),
                wanted);
    }

    /** A restart runs what a tag means; it is pinned only when nothing was tagged. */
    static String image(RolloutRequest.Mode mode, PushedImage pushed) {
        return mode == RolloutRequest.Mode.restart && !pushed.tags().isEmpty()
                ? pushed.registry() + "/" + pushed.repository() + ":"
                        + pushed.tags().get(0)
                : pushed.pinned();
    }

    /** Of an index ECS may show one platform's manifest. */
    private static Set<Digest> platforms(PushedImage pushed) {
        return pushed.index().stream()
                .flatMap(index -> index.manifests().stream())
                .map(ImageIndex.Manifest::digest)
                .collect(Collectors.toSet());
    }

    private RolloutRequest.NewService newService() {
        int port = files().readImage()
                .flatMap(image -> image.ports().stream().findFirst())
                .orElse(8080);
        return new RolloutRequest.NewService(port, NEW_SERVICE_MEMORY, 1, Map.of());
    }
}
